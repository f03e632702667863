/* table.js - all triples as a table, and as files. */

/* --- table ------------------------------------------------------------------------- */

const COLUMNS = [
  { title: 'Subject', key: (t) => t.subject, cell: (t) => nameOf(t.subjectNode, t.subject) },
  { title: 'Relation', key: relationWords, cell: relationButton },
  { title: 'Object', key: (t) => t.object,
    cell: (t) => (t.object ? nameOf(t.objectNode, t.object) : '') },
  { title: 'How it is said', key: howSaid, cell: howSaid },
  { title: 'Confidence', key: (t) => t.confidence,
    cell: (t) => make('span', { class: 'number' }, t.confidence.toFixed(2)) },
  { title: 'Sentence', key: (t) => t.evidence, cell: (t) => make('span', {}, ...sentence(t)) },
  { title: 'Place', key: (t) => t.index, cell: placeShown },
];
const sorting = { column: COLUMNS.length - 1, down: false };
let rowsShown = MOST_ROWS;

function relationButton(triple) {
  return colourRelation(make('button', { class: 'link relation',
    click: () => chooseTriple(triple) }, relationWords(triple)), triple);
}

function sorted(list) {
  const { key } = COLUMNS[sorting.column];
  const sign = sorting.down ? -1 : 1;
  const value = (triple) => {
    const found = key(triple);
    return typeof found === 'string' ? found.toLowerCase() : found;
  };
  return list.map((triple) => [value(triple), triple])
    .sort((a, b) => (a[0] < b[0] ? -sign : a[0] > b[0] ? sign : a[1].index - b[1].index))
    .map((both) => both[1]);
}

function sortBy(column) {
  sorting.down = sorting.column === column && !sorting.down;
  sorting.column = column;
  refresh();
  byId('table').querySelectorAll('th button')[column].focus();
}

function headCell(column, i) {
  const order = i !== sorting.column ? 'none' : sorting.down ? 'descending' : 'ascending';
  const arrow = { none: '', ascending: ' \u2191', descending: ' \u2193' }[order];
  return make('th', { scope: 'col', 'aria-sort': order },
    make('button', { class: 'link', click: () => sortBy(i) }, column.title + arrow));
}

function row(triple) {
  const isChosen = chosenTriples().includes(triple);
  const cells = COLUMNS.map(({ cell }) => make('td', {}, cell(triple)));
  return make('tr', isChosen ? { class: 'chosen' } : {}, ...cells);
}

function fillTable(judged) {
  byId('diagram').hidden = state.table;
  byId('table').hidden = !state.table;
  byId('show-diagram').setAttribute('aria-pressed', String(!state.table));
  byId('show-table').setAttribute('aria-pressed', String(state.table));
  if (!state.table) return;
  const list = sorted(judged.found), more = list.length - rowsShown;
  byId('table').replaceChildren(make('table', {},
    make('thead', {}, make('tr', {}, ...COLUMNS.map(headCell))),
    make('tbody', {}, ...list.slice(0, rowsShown).map(row))));
  if (more > 0) {
    byId('table').append(make('button', { click: showAllRows }, `Show ${more} more`));
  }
}

function showAllRows() {
  rowsShown = Infinity;
  refresh();
}

function showTable(table) {
  state.table = table;
  refresh();
}

/* --- files ------------------------------------------------------------------------- */

const ESCAPES = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' };
const field = (text) => text.replace(/[\t\n\r\\]/g, (sign) => ESCAPES[sign]);
const part = (text) => text.split(';').map(field).join('\\;');

function tsvValue(triple, column) {
  const value = triple[column];
  if (column === 'qualifiers') {
    return value.map((one) => `${part(one.key)}=${part(one.value)}`).join('; ');
  }
  if (column === 'confidence') return value.toFixed(2);
  if (typeof value === 'number') return value < 0 ? '' : String(value);
  return field(value);
}

/* What the filters leave, as `relgraph draw -f tsv` writes it. */
function makeTsv() {
  const lines = [data.columns].concat(judge().found.map((triple) => (
    data.columns.map((column) => tsvValue(triple, column)))));
  return lines.map((line) => line.join('\t') + '\n').join('');
}

function save(text, type, ending) {
  const words = data.title.match(/[\p{L}\p{N}]+/gu) || ['relgraph'];
  const name = words.join('-').slice(0, 60);
  const address = URL.createObjectURL(new Blob([text], { type }));
  make('a', { href: address, download: name + ending }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
