/**
 * How previews look; a page that shows one serves this once and puts the preview into `<div class="preview">`. A string
 * and no file beside it, because the compiled program has only JavaScript. Quiet, for 1366 × 768 and for a phone, with
 * fonts that the office's computers have. A marked place is told by a frame and a sign as well as by colour: in print
 * and to whoever sees no colours it is the same place.
 */
export const previewCss = `
.preview {
  color: #1f2328;
  background: #fff;
  font: 15px/1.6 "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Source Han Sans SC", SimSun, sans-serif;
  overflow-wrap: anywhere;
}
.preview h3 {
  margin: 1.2em 0 .4em;
  color: #57606a;
  font-size: .87em;
  font-weight: 600;
}
.preview p {
  margin: .25em 0;
  max-width: 60em;
  white-space: pre-wrap;
}
.preview .scroll {
  overflow-x: auto;
  max-width: 100%;
}
.preview table {
  min-width: 60%;
  border-collapse: collapse;
  background: #fff;
}
.preview td, .preview th {
  padding: .3em .5em;
  border: 1px solid #c4cad1;
  text-align: left;
  vertical-align: top;
  white-space: pre-wrap;
}
.preview td { scroll-margin: 6em 4em; }
.preview p { scroll-margin: 6em; }
.preview .ruler {
  padding: .1em .4em;
  background: #f4f6f8;
  color: #8b949e;
  font-size: .8em;
  font-weight: 400;
  text-align: center;
  vertical-align: middle;
}
.preview td.no-cell { border-style: dotted; background: #fafbfc; }
.preview .left-out, .preview .no-picture { color: #57606a; font-size: .87em; font-style: normal; }
.preview .gap td { text-align: center; background: #f4f6f8; }
.preview .hidden-sheet { color: #8a4b00; }
.preview img.picture {
  display: block;
  max-width: 100%;
  height: auto;
  max-height: 24em;
  width: auto;
  margin: .3em 0;
  border: 1px solid #d8dde3;
}
.preview td img.picture { max-height: 14em; max-width: 20em; }
.preview col.wide-2 { width: 3.8em; }
.preview col.wide-4 { width: 5.8em; }
.preview col.wide-6 { width: 7.8em; }
.preview col.wide-9 { width: 10.5em; }
.preview col.wide-13 { width: 12em; }
.preview col.wide-18 { width: 15em; }
.preview .marked {
  outline: 3px solid #b35900;
  outline-offset: -3px;
  background: #fff4d6;
}
.preview p.marked, .preview h3.marked { outline-offset: 1px; }
.preview .marked::before, .preview tr.marked > :first-child::before {
  content: "▶ ";
  color: #8a4b00;
  font-weight: 700;
}
.preview tr.marked::before { content: none; }
.preview .marked:focus, .preview .marked:target { outline-width: 5px; }
@media (max-width: 600px) {
  .preview { font-size: 14px; }
  .preview td, .preview th { padding: .25em .35em; }
}
@media print {
  .preview { font-size: 10pt; color: #000; }
  .preview .scroll { overflow: visible; }
  .preview td, .preview th { border-color: #666; }
  .preview .marked { outline: 2.5pt solid #000; background: none; }
  .preview img.picture { break-inside: avoid; }
}
`;
