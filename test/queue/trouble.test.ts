import { expect, test } from '@jest/globals';
import { isPermanent } from '../../src/queue/trouble.ts';

const sql = (code: string) => Object.assign(new Error('as the server says it'), { code });

test.each<[string, Error, boolean]>([
  ['a table is not there', sql('42P01'), true],
  ['a function is not there', sql('42883'), true],
  ['no right to it', sql('42501'), true],
  ['the database is not there', sql('3D000'), true],
  ['the password is wrong', sql('28P01'), true],
  ['Redis allows us no script', new Error('NOPERM this user has no permissions'), true],
  ['Redis wants a password', new Error('NOAUTH Authentication required.'), true],
  ['nobody listens there', sql('ECONNREFUSED'), false],
  ['the connection broke', new Error('Connection terminated unexpectedly'), false],
  ['the server is still starting', sql('57P03'), false],
  ['the server is going down', sql('57P01'), false],
  ['the disk is full', sql('53100'), false],
  ['too many connections', sql('53300'), false],
  ['two were in each other’s way', sql('40P01'), false],
  ['Redis is still loading', new Error('LOADING Redis is loading the dataset in memory'), false],
  ['the job is no more, its table was emptied', sql('BM001'), false],
])('%s', (_, error, expected) => {
  expect(isPermanent(error)).toBe(expected);
});
