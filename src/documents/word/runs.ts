import { type Attributes, attribute, isOn } from '../office/attributes.ts';
import type { Flow } from './flow.ts';
import { inFont, symbol, tick } from './symbols.ts';

/** What to do when an element of this local name opens; `parent` is the element around it. */
export type Opening = Record<string, (attributes: Attributes, parent: string | undefined) => void>;
/** What to do when it closes. */
export type Closing = Record<string, () => void>;

/**
 * The text inside paragraphs: runs with their fonts, breaks and tabs, symbols, and both kinds of tick box: the content
 * control (w14:checkbox) shows one sign whatever glyph its template chose, the form field (w:checkBox) has no text.
 */
export function openRuns(flow: Flow): { opening: Opening; closing: Closing; text: (text: string) => void } {
  const controls: { checked: boolean | null; isShown: boolean }[] = [];
  let [font, isHidden, isText, isFieldChecked] = ['', false, false, false];

  const write = (text: string) => {
    const control = controls.at(-1);
    if (isHidden) return;
    if (control?.checked == null) flow.write(text);
    else if (!control.isShown) flow.write(tick(control.checked));
    if (control) control.isShown = true;
  };
  const plain = () => {
    [font, isHidden] = ['', false];
  };
  const opening: Opening = {
    r: plain,
    rFonts: (attributes) => {
      font = attribute(attributes, 'ascii') ?? '';
    },
    vanish: (attributes) => {
      isHidden = isOn(attributes);
    },
    t: () => {
      isText = true;
    },
    tab: () => write('\t'),
    ptab: () => write('\t'),
    br: () => write('\n'),
    cr: () => write('\n'),
    noBreakHyphen: () => write('-'),
    sym: (attributes) => {
      const code = Number.parseInt(attribute(attributes, 'char') ?? '', 16);
      write(symbol(attribute(attributes, 'font') ?? '', code));
    },
    sdt: () => controls.push({ checked: null, isShown: false }),
    checkBox: () => {
      isFieldChecked = false;
    },
    default: (attributes, parent) => {
      if (parent === 'checkBox') isFieldChecked = isOn(attributes);
    },
    checked: (attributes, parent) => {
      const control = controls.at(-1);
      if (parent === 'checkBox') isFieldChecked = isOn(attributes);
      else if (parent === 'checkbox' && control) control.checked = isOn(attributes);
    },
  };
  const closing: Closing = {
    r: plain,
    t: () => {
      isText = false;
    },
    sdt: () => controls.pop(),
    checkBox: () => write(tick(isFieldChecked)),
  };
  const text = (words: string) => {
    if (isText) write(inFont(font, words));
  };
  return { opening, closing, text };
}
