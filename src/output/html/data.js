/* data.js - the triples behind the picture, what is asked for, and the address that says so.
 *
 * The data block has nodes and links as they are drawn (node i is the group n<i+1> of the
 * picture, link i the groups e<i+1>..., l<i+1>), behind them the nodes that the picture
 * leaves out, and all triples.
 */

const SVG = 'http://www.w3.org/2000/svg';
const MOST_CARDS = 100, MOST_ROWS = 500;
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId('data').textContent);
const { nodes, links, triples, kinds, manners } = data;
const picture = byId('picture').querySelector('svg');
const untouched = new XMLSerializer().serializeToString(picture);

/* --- making elements --------------------------------------------------------------- */

function fill(element, attributes, children) {
  for (const name of Object.keys(attributes || {})) {
    if (name === 'click') element.addEventListener('click', attributes[name]);
    else element.setAttribute(name, attributes[name]);
  }
  for (const child of children || []) {
    if (child) element.append(child);
  }
  return element;
}

function make(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function draw(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function count(number, one, many) {
  return number + ' ' + (number === 1 ? one : many);
}

/* The first of two colours on a light page, the second on a dark one (page.css). */
function pair(colours) {
  return `var(--light, ${colours[0]}) var(--dark, ${colours[1]})`;
}

/* --- what the data means ----------------------------------------------------------- */

const nodeName = (node) => node.label + (node.type ? ` (${node.type})` : '');
const nodeOf = new Map(nodes.map((node, i) => [node.label + '\n' + node.type, i]));
const named = new Map(nodes.map((node, i) => [nodeName(node), i]));
const findNode = (label, type) => nodeOf.get(label + '\n' + type);

for (const node of nodes) node.triples = [];
for (const link of links) link.triples = [];
triples.forEach((triple, i) => {
  triple.index = i;
  triple.subjectNode = findNode(triple.subject, triple.subject_type);
  triple.objectNode = findNode(triple.object, triple.object_type);
  triple.ways = [triple.modality].concat(triple.polarity === 'negated' ? ['negated'] : []);
  triple.text = [triple.subject, relationWords(triple), triple.object, triple.evidence]
    .join('\n').toLowerCase();
  if (triple.link >= 0) links[triple.link].triples.push(triple);
  const ends = new Set([triple.subjectNode, triple.objectNode]);
  for (const end of ends) if (end !== undefined) nodes[end].triples.push(triple);
});

function relationWords(triple) {
  const words = triple.relation.replace(/(?!^)-(?!$)/g, ' ');
  const way = triple.polarity === 'negated' ? 'negated' : triple.modality;
  const manner = manners.find((one) => one.name === way);
  return (manner ? manner.before : '') + words;
}

const FACETS = [
  { key: 'type', title: 'Type', of: (t) => [t.subject_type, t.object_type], none: 'no type' },
  { key: 'relation', title: 'Relation', of: (t) => [t.relation], none: '' },
  { key: 'modality', title: 'How it is said', of: (t) => t.ways, none: '' },
  { key: 'doc', title: 'Document', of: (t) => [t.doc], none: 'no document' },
];

/* --- state, and the address that holds it ------------------------------------------ */

/* chosen: {kind: 'node' | 'link' | 'triple', index}, or null. */
const state = { chosen: null, query: '', least: 0, table: false, theme: '', filters: {} };
for (const facet of FACETS) state.filters[facet.key] = new Set();

function chosenWords() {
  const { chosen } = state;
  if (!chosen) return null;
  if (chosen.kind === 'node') return ['node', nodeName(nodes[chosen.index])];
  if (chosen.kind === 'link') return ['edge', links[chosen.index].triples[0].id];
  return ['triple', triples[chosen.index].id];
}

/* A step can be taken back by the browser's button; other changes replace the address. */
function writeAddress(isStep) {
  const words = new URLSearchParams();
  const chosen = chosenWords();
  if (chosen) words.set(chosen[0], chosen[1]);
  if (state.query) words.set('search', state.query);
  for (const { key } of FACETS) {
    for (const value of state.filters[key]) words.append(key, value);
  }
  if (state.least > 0) words.set('least', state.least.toFixed(2));
  if (state.table) words.set('view', 'table');
  if (state.theme) words.set('theme', state.theme);
  const hash = words.toString();
  if (hash === location.hash.slice(1)) return;
  const address = hash ? '#' + hash : location.pathname + location.search;
  try {
    if (isStep) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  } catch (error) {
    /* A page inside of another one may have no address of its own. */
  }
}

function readChosen(words) {
  const node = named.get(words.get('node'));
  if (node !== undefined) return { kind: 'node', index: node };
  const id = words.get('edge') || words.get('triple');
  const triple = id ? triples.find((t) => t.id === id) : undefined;
  if (!triple) return null;
  return words.has('edge') && triple.link >= 0
    ? { kind: 'link', index: triple.link } : { kind: 'triple', index: triple.index };
}

function readAddress() {
  const words = new URLSearchParams(location.hash.slice(1));
  const least = Number(words.get('least'));
  state.chosen = readChosen(words);
  state.query = words.get('search') || '';
  state.least = least > 0 && least <= 1 ? least : 0;
  state.table = words.get('view') === 'table';
  state.theme = /^(light|dark)$/.test(words.get('theme')) ? words.get('theme') : '';
  for (const { key } of FACETS) state.filters[key] = new Set(words.getAll(key));
}

/* --- what is asked for ------------------------------------------------------------- */

function passes(triple) {
  return triple.confidence >= state.least && FACETS.every(({ key, of }) => {
    const wanted = state.filters[key];
    return wanted.size === 0 || of(triple).some((value) => wanted.has(value));
  });
}

/* The triples that filters leave, those of them that the search finds, and the same for
   nodes and links, by index. `chosen` is a node or a link with its neighbours. */
function judge() {
  const query = state.query.trim().toLowerCase();
  const left = triples.filter(passes);
  const found = query ? left.filter((triple) => triple.text.includes(query)) : left;
  const foundNodes = new Set(), chosenNodes = new Set(), chosenLinks = new Set();
  const leftLinks = new Set(left.map((triple) => triple.link));
  const leftNodes = endsOf(left);
  nodes.forEach((node, i) => {
    if (query && leftNodes.has(i) && node.label.toLowerCase().includes(query)) foundNodes.add(i);
  });
  for (const triple of chosenTriples().filter(passes)) {
    if (triple.link >= 0) chosenLinks.add(triple.link);
    for (const end of endsOf([triple])) chosenNodes.add(end);
  }
  if (state.chosen && state.chosen.kind === 'node') chosenNodes.add(state.chosen.index);
  return { query, left, found, foundNodes, leftNodes, leftLinks, chosenNodes, chosenLinks };
}

function endsOf(list) {
  const ends = new Set();
  for (const triple of list) {
    for (const end of [triple.subjectNode, triple.objectNode]) {
      if (end !== undefined) ends.add(end);
    }
  }
  return ends;
}

function chosenTriples() {
  const { chosen } = state;
  if (!chosen) return [];
  if (chosen.kind === 'node') return nodes[chosen.index].triples;
  return chosen.kind === 'link' ? links[chosen.index].triples : [triples[chosen.index]];
}

function choose(kind, index) {
  state.chosen = kind ? { kind, index } : null;
  writeAddress(true);
  refresh();
  showChosen();
  byId('details').parentElement.scrollTop = 0;
}

/* A triple is told with the others of its link, if it has one. */
function chooseTriple(triple) {
  state.table = false;
  choose(triple.link >= 0 ? 'link' : 'triple', triple.link >= 0 ? triple.link : triple.index);
}
