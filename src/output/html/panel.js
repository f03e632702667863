/* panel.js - what stands beside the picture: entities, evidence, citations, filters. */

/* --- evidence ---------------------------------------------------------------------- */

function nodeButton(index) {
  const node = nodes[index];
  return make('li', {}, make('button', { click: () => choose('node', index) },
    kindSwatch(kinds[node.kind]), node.label));
}

function nameOf(index, label) {
  return index === undefined ? make('strong', {}, label)
    : make('button', { class: 'link', click: () => choose('node', index) }, label);
}

function sentence(triple) {
  return triple.marks.map(([role, text]) => (role ? make('mark', { class: role }, text) : text));
}

function placeWords(triple) {
  const words = [triple.doc || 'unknown document'];
  if (triple.sentence > 0) words.push('sentence ' + triple.sentence);
  if (triple.start >= 0) words.push(`bytes ${triple.start}\u2013${triple.end}`);
  return words;
}

function placeOf(triple) {
  return placeWords(triple).join(', ');
}

/* No line ends in the middle of a number. */
function placeShown(triple) {
  const [doc, ...numbers] = placeWords(triple);
  return make('span', {}, doc, ...[].concat(...numbers.map((words) => (
    [', ', make('span', { class: 'number' }, words)]))));
}

function ruleOf(triple) {
  return triple.rule + (triple.rule_place ? ` (${triple.rule_place})` : '');
}

function howSaid(triple) {
  const words = triple.ways.filter((way) => way !== 'asserted');
  if (triple.source) words.push('according to ' + triple.source);
  for (const { key, value } of triple.qualifiers) words.push(`${key}: ${value}`);
  return words.join(' \u00b7 ');
}

function citation(triple) {
  const words = triple.evidence ? `\u201c${triple.evidence}\u201d (${placeOf(triple)}). ` : '';
  const said = howSaid(triple);
  const object = triple.object || '\u2013';
  return `${words}${triple.subject} \u2014 ${relationWords(triple)} \u2192 ${object}`
    + `${said ? ` [${said}]` : ''}. ${triple.rule ? `Rule ${ruleOf(triple)}, c` : 'C'}onfidence `
    + `${triple.confidence.toFixed(2)}.`;
}

/* Where a page may not use the clipboard, an old command of the browser may. */
function copy(text) {
  const byCommand = () => {
    const field = make('textarea', { 'aria-hidden': 'true' });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  };
  if (!navigator.clipboard) return Promise.resolve(byCommand());
  return navigator.clipboard.writeText(text).catch(byCommand);
}

function copyButton(triple) {
  const button = make('button', {}, 'Copy citation');
  button.addEventListener('click', () => copy(citation(triple)).then(() => {
    byId('status').textContent = 'Citation copied';
    button.focus();
  }));
  return button;
}

/* In the colour of its class. */
function colourRelation(element, triple) {
  const one = data.classes[triple.class];
  if (one && one.colour) element.style.color = pair(one.colour);
  return element;
}

function card(triple) {
  const said = howSaid(triple);
  return make('article', { class: 'card', 'data-triple': triple.id },
    make('p', {}, nameOf(triple.subjectNode, triple.subject), ' ', relationButton(triple), ' ',
      triple.object ? nameOf(triple.objectNode, triple.object) : ''),
    triple.evidence && make('blockquote', {}, ...sentence(triple)),
    said && make('p', { class: 'said' }, said),
    make('p', { class: 'place' }, placeShown(triple), make('br'),
      triple.rule && `rule ${ruleOf(triple)} \u00b7 `,
      `confidence\u00a0${triple.confidence.toFixed(2)}`,
      make('br'), copyButton(triple)));
}

function cards(list) {
  const shown = list.slice(0, MOST_CARDS).map(card);
  const more = list.length - shown.length;
  return more > 0 ? shown.concat(make('p', {}, `and ${more} more: narrow the search`)) : shown;
}

function evidenceHead() {
  return make('h3', {}, 'Evidence', make('mark', { class: 's' }, 'subject'),
    make('mark', { class: 'r' }, 'relation'), make('mark', { class: 'o' }, 'object'));
}

function nameList(title, indexes) {
  if (indexes.length === 0) return [];
  const shown = indexes.slice(0, MOST_CARDS);
  return [make('h3', {}, title), make('ul', { class: 'names' }, ...shown.map(nodeButton))];
}

function byDegree(indexes) {
  return [...indexes].sort((a, b) => nodes[b].triples.length - nodes[a].triples.length || a - b);
}

function tellNode(index, judged) {
  const node = nodes[index], list = node.triples.filter(passes);
  const near = [...judged.chosenNodes].filter((i) => i !== index);
  const relations = count(list.length, 'relation', 'relations');
  byId('status').textContent = `${node.label}: ${relations}, `
    + count(near.length, 'neighbour', 'neighbours');
  return [make('h2', {}, node.label), make('p', {}, (node.type || 'no type') + (index < data.drawn ? '' : ', not in the diagram')),
    ...nameList('Neighbours', byDegree(near)), evidenceHead(), ...cards(list)];
}

function tellTriples(list) {
  const [first] = list.length > 0 ? list : chosenTriples();
  byId('status').textContent = `${first.subject}, ${relationWords(first)}, ${first.object}: `
    + count(list.length, 'sentence', 'sentences');
  return [make('h2', {}, first.object ? `${first.subject} \u2192 ${first.object}` : first.subject),
    evidenceHead(), ...cards(list)];
}

function tellFound(judged) {
  const names = byDegree(judged.foundNodes);
  byId('status').textContent = `Found ${count(names.length, 'entity', 'entities')} and `
    + count(judged.found.length, 'relation', 'relations');
  return [make('h2', {}, 'Found'), ...nameList('Entities', names), make('h3', {}, 'Relations'),
    ...cards(judged.found)];
}

function tellAll(judged) {
  byId('status').textContent = 'Choose an entity or a line to see what the text says.';
  return [make('h2', {}, 'Overview'), ...nameList('Entities', byDegree(judged.leftNodes))];
}

function tell(judged) {
  const { chosen } = state;
  if (chosen && chosen.kind === 'node') return tellNode(chosen.index, judged);
  if (chosen) return tellTriples(chosenTriples().filter(passes));
  return judged.query ? tellFound(judged) : tellAll(judged);
}

function showCounts(judged) {
  const parts = [count(triples.length, 'relation', 'relations'),
    count(nodes.length, 'entity', 'entities')];
  if (data.documents > 0) parts.push(count(data.documents, 'document', 'documents'));
  if (data.hidden > 0) {
    const all = links.length + data.hidden;
    parts.push(`the diagram shows ${links.length} of ${all} connections`);
  }
  if (judged.found.length < triples.length) {
    parts.push(`${judged.found.length} of ${triples.length} relations match`);
  }
  byId('counts').textContent = parts.join(' \u00b7 ');
}

/* --- filters ----------------------------------------------------------------------- */

function valuesOf(facet) {
  const counts = new Map();
  for (const triple of triples) {
    for (const value of new Set(facet.of(triple))) counts.set(value, (counts.get(value) || 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function typeSwatch(type) {
  const node = nodes.find((one) => one.type === type);
  return node ? kindSwatch(kinds[node.kind]) : null;
}

function choice(facet, value, times) {
  const box = make('input', { type: 'checkbox', 'data-facet': facet.key, value });
  box.addEventListener('change', () => {
    if (box.checked) state.filters[facet.key].add(value);
    else state.filters[facet.key].delete(value);
    refresh();
  });
  const word = facet.key === 'relation' ? value.replace(/(?!^)-(?!$)/g, ' ') : value || facet.none;
  return make('label', {}, box, facet.key === 'type' && typeSwatch(value),
    make('span', {}, word), make('span', {}, String(times)));
}

function makeFilters() {
  for (const facet of FACETS) {
    const values = valuesOf(facet);
    if (values.length < 2) continue;
    const choices = values.map(([value, times]) => choice(facet, value, times));
    byId('facets').append(make('fieldset', {}, make('legend', {}, facet.title),
      make('div', { class: 'choices' }, ...choices)));
  }
}

function clearAll() {
  state.query = '';
  state.least = 0;
  for (const { key } of FACETS) state.filters[key].clear();
  refresh();
}

function showControls() {
  let set = state.least > 0 ? 1 : 0;
  for (const box of document.querySelectorAll('[data-facet]')) {
    box.checked = state.filters[box.dataset.facet].has(box.value);
  }
  for (const { key } of FACETS) set += state.filters[key].size;
  byId('filters-set').textContent = set > 0 ? `(${set})` : '';
  if (byId('search').value !== state.query) byId('search').value = state.query;
  byId('confidence').value = state.least;
  byId('least-shown').textContent = state.least.toFixed(2);
}
