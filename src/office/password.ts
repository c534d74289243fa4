import { randomBytes, scrypt as scryptWithCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Failure } from '../errors.ts';

const scrypt = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scryptWithCallback,
);
/** OWASP's advice for scrypt: N=2^15, r=8, p=3; about a quarter of a second on an office computer. */
const cost = { N: 2 ** 15, r: 8, p: 3 };
const keyBytes = 32;
const leastLetters = 8;

/**
 * @returns `scrypt$<salt>$<key>` to be kept
 * @throws Failure (usage) when it is too short to be worth keeping
 */
export async function hashPassword(password: string): Promise<string> {
  if ([...password].length < leastLetters) throw new Failure('usage', `密码至少要有${leastLetters}个字`);
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`;
}

/** @param kept null for a name nobody has: as slow as for one that exists, so that guessing names teaches nothing */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [, salt = '', key = ''] = (kept ?? '').split('$');
  const derived = await derive(password, Buffer.from(salt, 'base64url'));
  const known = Buffer.from(key, 'base64url');
  return known.length === derived.length && timingSafeEqual(known, derived);
}

/** The same letters typed on another keyboard may come in another Unicode form. */
const derive = (password: string, salt: Buffer) =>
  scrypt(password.normalize('NFKC'), salt, keyBytes, { ...cost, maxmem: 128 * cost.N * cost.r * 2 });
