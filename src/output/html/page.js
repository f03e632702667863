/* page.js - puts the parts together: one state, and refresh() makes all agree with it.
 *
 * The build joins the parts to one script (embed.cmake). All text goes in as text nodes.
 */

/* --- theme, print -------------------------------------------------------------- */

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

function themeNow() {
  return state.theme || (data.dark || prefersDark.matches ? 'dark' : 'light');
}

function switchTheme() {
  state.theme = themeNow() === 'dark' ? 'light' : 'dark';
  refresh();
}

function showTheme() {
  document.documentElement.dataset.theme = themeNow();
  byId('dark').setAttribute('aria-pressed', String(themeNow() === 'dark'));
}

function watchPrint() {
  let before = null;
  addEventListener('beforeprint', () => {
    before = view;
    look(all);
  });
  addEventListener('afterprint', () => look(before || all));
}

/* --- all of it --------------------------------------------------------------------- */

function refresh() {
  const judged = judge();
  showControls();
  showTheme();
  showPicture(judged);
  fillTable(judged);
  byId('details').replaceChildren(...tell(judged));
  showCounts(judged);
  writeAddress(false);
}

function watchControls() {
  const on = (id, name, call) => byId(id).addEventListener(name, call);
  on('search', 'input', () => {
    state.query = byId('search').value;
    state.chosen = null;
    refresh();
  });
  on('confidence', 'input', () => {
    state.least = Number(byId('confidence').value);
    refresh();
  });
  on('clear', 'click', clearAll);
  on('show-diagram', 'click', () => showTable(false));
  on('show-table', 'click', () => showTable(true));
  on('dark', 'click', switchTheme);
  on('print', 'click', () => print());
  on('save-svg', 'click', () => save(untouched, 'image/svg+xml', '.svg'));
  on('save-tsv', 'click', () => save(makeTsv(), 'text/tab-separated-values', '.tsv'));
  on('zoom-in', 'click', () => zoom(0.8));
  on('zoom-out', 'click', () => zoom(1.25));
  on('zoom-fit', 'click', fitView);
  document.addEventListener('keydown', pressKey);
  addEventListener('hashchange', () => { readAddress(); refresh(); });
  prefersDark.addEventListener('change', showTheme);
}

function start() {
  document.documentElement.classList.add('live');
  fill(picture, { role: 'group', 'aria-label': 'Diagram of ' + (data.title || 'relations') });
  picture.removeAttribute('width');
  picture.removeAttribute('height');
  collectGroups();
  themePicture();
  prepareGroups();
  showLegend();
  makeFilters();
  all = measureAll();
  watchPicture();
  watchControls();
  watchPrint();
  readAddress();
  refresh();
  fitView();
}

start();
