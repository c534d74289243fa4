import type { Role } from '../store/desk/staff.ts';
import type { Desk } from './desk.ts';
import type { Html } from './html.ts';

/** Who asks: a person of the office who has logged in. */
export type Visitor = { name: string; role: Role; csrf: string };

export type BroughtFile = { name: string; bytes: Buffer };

/** What a page is asked. `form`: the fields of a POST; a field sent twice keeps its last value. */
export type Ask = {
  path: string;
  /** The page of ours that the form was sent from (path and query); null when the browser does not say. */
  from: string | null;
  params: Record<string, string>;
  query: Record<string, string>;
  form: Record<string, string>;
  files: BroughtFile[];
  visitor: Visitor;
};

/** A page inside the frame; `status` other than 200 says why it is shown. `place` is the entry of the menu it belongs to. */
export type Page = { title: string; main: Html; place?: string; status?: number };
export type Answer =
  | { page: Page }
  | { redirect: string; cookie?: string }
  | { bytes: Buffer | string; type: string; headers?: Record<string, string> };

/** One door of the console. `role`: the least that may pass; every POST carries the visitor's token. */
export type Route = {
  method: 'GET' | 'POST';
  path: string;
  role: Role;
  answer: (desk: Desk, ask: Ask) => Promise<Answer>;
};
