/** Text that a person saved or a system exported as a table: `.csv`, and tabs between cells under the name `.xls`. */
export const isTableName = (name: string) => /\.(?:csv|tsv|xls|et)$/i.test(name);
