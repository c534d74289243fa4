import type { Db } from '../database.ts';

/** 查看, 审核, 管理员: each may do what those before it may. */
export const roles = ['viewer', 'reviewer', 'admin'] as const;
export type Role = (typeof roles)[number];

/** A person of the office; `password` is a hash (web/access/password.ts). */
export type Staff = { name: string; role: Role; password: string; isActive: boolean };

export async function listStaff(db: Db): Promise<Staff[]> {
  const rows = await db.selectFrom('staff').selectAll().orderBy('created_at').orderBy('name').execute();
  return rows.map(toStaff);
}

export async function findStaff(db: Db, name: string): Promise<Staff | null> {
  const row = await db.selectFrom('staff').selectAll().where('name', '=', name).executeTakeFirst();
  return row ? toStaff(row) : null;
}

/** Adds a person or changes one. A changed password or a closed account ends the sessions. @param at office time */
export async function putStaff(db: Db, { name, role, password, isActive }: Staff, at: Date): Promise<void> {
  const before = await findStaff(db, name);
  await db
    .insertInto('staff')
    .values({ name, role, password, is_active: isActive, created_at: at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ role, password, is_active: isActive }))
    .execute();
  if (before && (before.password !== password || !isActive))
    await db.deleteFrom('session').where('staff', '=', name).execute();
}

const toStaff = (row: { name: string; role: string; password: string; is_active: boolean }): Staff => ({
  name: row.name,
  role: row.role as Role,
  password: row.password,
  isActive: row.is_active,
});
