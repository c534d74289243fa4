/** Gives each picture in a page of ours the address under which the console shows it. */
export function withPictureUrls(html: string, urlOf: (index: number) => string): string {
  const escapedUrl = (index: string) => urlOf(Number(index)).replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  return html.replace(
    /<img class="picture" data-picture="(\d+)"/g,
    (tag, index) => `${tag} src="${escapedUrl(index)}"`,
  );
}
