import Mustache from 'mustache';
import type { Application, Evidence, Finding } from '../application/application.ts';
import { currentOf } from '../application/current.ts';
import type { Material } from '../application/material.ts';
import type { Peers } from '../application/peers.ts';
import type { Form } from '../forms/form.ts';
import { maskIdNumbers } from '../forms/values/id-number.ts';
import type { FindingCode } from '../notice/finding-codes.ts';
import type { Notice } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';

/** What a check may look at besides the application itself. */
export type CheckContext = { notice: Notice; peers: Peers };

/** A check reports and never acts; it cites its clause and points at what it saw. */
export type Check = (application: Application, context: CheckContext) => Finding[];

/** What a finding is about: the requirement and the material it was seen in, the place, and words for its sentences. */
export type About = {
  requirement?: Requirement | null;
  material?: Pick<Material, 'file'> | null;
  location?: string | null;
  seen?: string | null;
  words?: Record<string, string | number>;
};

/** Builds a finding with the round's own severity, clause and sentences (letters/phrases.yaml). */
export function finding(code: FindingCode, about: About, notice: Notice): Finding {
  const { requirement = null, material = null, location = null, words = {} } = about;
  const seen = about.seen === undefined || about.seen === null ? null : maskIdNumbers(about.seen);
  const evidence: Evidence = { file: material?.file ?? null, location: location || null, seen };
  const severity = notice.severities[code];
  const { forUnion, forStaff } = notice.phrases.findings[code];
  const view = {
    材料: requirement?.name ?? '',
    文件: nameOf(material?.file ?? ''),
    位置: location ?? '',
    内容: seen ?? '',
    ...words,
  };
  const clause = notice.clauses[code] ?? requirement?.clause ?? notice.deadline.clause;
  const forPeople = severity === 'note' || !forUnion ? null : render(forUnion, view);
  return {
    code,
    severity,
    requirement: requirement?.code ?? null,
    evidence,
    forUnion: forPeople,
    forStaff: render(forStaff, view),
    clause,
  };
}

/** A requirement with the form that counts for it now. */
export type CurrentForm = { requirement: Requirement; material: Material; form: Form };

/**
 * The filled forms of an application, one a requirement, in the notice's order. Blank ones are another check's; text
 * without cells (a PDF's) may break a number or date anywhere, so that nothing is held against it.
 */
export function filledForms(application: Application, { requirements }: Notice): CurrentForm[] {
  return requirements.flatMap((requirement) => {
    const material = currentOf(application, requirement.code).form;
    return material?.form?.exact && !material.form.blank ? [{ requirement, material, form: material.form }] : [];
  });
}

/** The file's own name, as the union knows it, without folders and archives. */
export const nameOf = (path: string) => path.split('/').at(-1) ?? path;

const render = (template: string, view: Record<string, unknown>) =>
  Mustache.render(template, view, {}, { escape: String }).trim();
