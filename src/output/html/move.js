/* move.js - pan and zoom by pointer, wheel and fingers; the keyboard. */

/* --- pan and zoom ------------------------------------------------------------------ */

let view = { x: 0, y: 0, width: 1, height: 1 }, all = view;

function look(next) {
  view = next;
  picture.setAttribute('viewBox', [view.x, view.y, view.width, view.height]
    .map((number) => Math.round(number * 100) / 100).join(' '));
}

/* What is drawn, without the room that title and legend take in the picture. */
function measureAll() {
  const group = picture.querySelector('g');
  const box = group.getBBox(), matrix = group.transform.baseVal.consolidate();
  const { a, d, e, f } = matrix ? matrix.matrix : { a: 1, d: 1, e: 0, f: 0 };
  const space = 14;
  return { x: box.x * a + e - space, y: box.y * d + f - space,
    width: Math.max(box.width * a, 1) + 2 * space,
    height: Math.max(box.height * d, 1) + 2 * space };
}

/* Shows all; a small picture is not blown up over twice its size. */
function fitView() {
  const width = Math.max(all.width, (picture.clientWidth || 1) / 2);
  const height = Math.max(all.height, (picture.clientHeight || 1) / 2);
  look({ x: all.x - (width - all.width) / 2, y: all.y - (height - all.height) / 2, width, height });
}

function toPicture(x, y) {
  const matrix = picture.getScreenCTM();
  return { x: (x - matrix.e) / matrix.a, y: (y - matrix.f) / matrix.d };
}

/* Zooms around a point of the picture, which stays where it is. */
function zoom(factor, point) {
  const width = Math.min(Math.max(view.width * factor, all.width / 40), all.width * 8);
  const real = width / view.width;
  const at = point || { x: view.x + view.width / 2, y: view.y + view.height / 2 };
  look({ x: at.x - (at.x - view.x) * real, y: at.y - (at.y - view.y) * real,
    width, height: view.height * real });
}

function pan(x, y) {
  look({ x: view.x + x * view.width, y: view.y + y * view.height,
    width: view.width, height: view.height });
}

/* Moves the picture so that what was chosen elsewhere is seen. */
function showChosen() {
  const { chosen } = state;
  const groups = !chosen ? [] : (chosen.kind === 'node' ? nodeGroups : linkGroups)[chosen.index];
  if (!groups || groups.length === 0 || state.table) return;
  const { x, y } = middleOf(groups[0]), frame = picture.getBoundingClientRect();
  if (x > frame.left && x < frame.right && y > frame.top && y < frame.bottom) return;
  const at = toPicture(x, y);
  look({ ...view, x: at.x - view.width / 2, y: at.y - view.height / 2 });
}

const pointers = new Map(); /* id -> {x, y} on the screen */
let hasMoved = false;

function centreOf(points) {
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function spread(points) {
  return points.length < 2 ? 1
    : Math.hypot(points[0].x - points[1].x, points[0].y - points[1].y) || 1;
}

/* One pointer drags; two also zoom. */
function movePointer(event) {
  const old = pointers.get(event.pointerId);
  if (!old) return;
  if (!hasMoved && Math.hypot(event.clientX - old.x, event.clientY - old.y) < 4) return;
  if (!hasMoved) {
    hasMoved = true;
    picture.classList.add('moves');
    picture.setPointerCapture(event.pointerId);
  }
  const before = [...pointers.values()];
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  const after = [...pointers.values()];
  const from = centreOf(before), to = centreOf(after);
  const start = toPicture(from.x, from.y), end = toPicture(to.x, to.y);
  look({ ...view, x: view.x + start.x - end.x, y: view.y + start.y - end.y });
  if (after.length === 2) zoom(spread(before) / spread(after), toPicture(to.x, to.y));
}

function liftPointer(event) {
  pointers.delete(event.pointerId);
  if (pointers.size === 0) picture.classList.remove('moves');
}

function clickPicture(event) {
  if (hasMoved) return;
  const group = event.target.closest('g[id]');
  const what = group && meant.get(group);
  if (what) choose(what.kind, what.index);
  else choose(null);
}

function watchPicture() {
  picture.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) hasMoved = false;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  picture.addEventListener('pointermove', movePointer);
  for (const name of ['pointerup', 'pointercancel', 'pointerleave']) {
    picture.addEventListener(name, liftPointer);
  }
  picture.addEventListener('click', clickPicture);
  picture.addEventListener('wheel', (event) => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    const factor = Math.exp(Math.max(-300, Math.min(300, pixels)) / 500);
    zoom(factor, toPicture(event.clientX, event.clientY));
  }, { passive: false });
}

/* --- keyboard ---------------------------------------------------------------------- */

function middleOf(group) {
  const box = group.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/* The nearest node in a direction; what lies aside counts double. */
function nodeTowards(group, x, y) {
  const from = middleOf(group);
  let best = null, least = Infinity;
  for (const [other] of nodeGroups.filter((groups) => groups.length > 0)) {
    const to = middleOf(other);
    const ahead = (to.x - from.x) * x + (to.y - from.y) * y;
    const aside = Math.abs((to.x - from.x) * y) + Math.abs((to.y - from.y) * x);
    const cost = ahead + 2 * aside;
    if (ahead > 1 && aside < 2 * ahead && cost < least && !other.classList.contains('gone')) {
      best = other;
      least = cost;
    }
  }
  return best;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function goTowards(key) {
  const [x, y] = ARROWS[key];
  const group = document.activeElement.closest('g[id]');
  const next = group && nodeTowards(group, x, y);
  if (next) next.focus();
  else if (!group) pan(x / 8, y / 8);
}

function escape() {
  const search = byId('search');
  if (document.activeElement === search && search.value) {
    state.query = '';
    refresh();
  } else if (state.chosen) {
    choose(null);
  } else {
    fitView();
  }
}

const KEYS = {
  '/': () => byId('search').focus(),
  '+': () => zoom(0.8),
  '=': () => zoom(0.8),
  '-': () => zoom(1.25),
  0: fitView,
  t: () => showTable(!state.table),
  d: switchTheme,
  '?': () => { byId('keys').open = !byId('keys').open; },
};

function pressEnter(event) {
  const group = event.target.closest('g[id]');
  if (event.target === byId('search') && event.key === 'Enter') chooseFirstFound();
  if (!group || !meant.has(group)) return;
  event.preventDefault();
  choose(meant.get(group).kind, meant.get(group).index);
}

function pressKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inField = /^(input|textarea|select)$/i.test(event.target.tagName)
    && event.target.type !== 'checkbox';
  const inPicture = byId('diagram').contains(event.target) || event.target === document.body;
  if (event.key === 'Escape') {
    escape();
  } else if (event.key === 'Enter' || event.key === ' ') {
    pressEnter(event);
  } else if (!inField && KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  } else if (!inField && inPicture && !state.table && ARROWS[event.key]) {
    event.preventDefault();
    goTowards(event.key);
  }
}

function chooseFirstFound() {
  const judged = judge();
  const [node] = judged.foundNodes;
  if (!judged.query) return;
  if (node !== undefined) choose('node', node);
  else if (judged.found.length > 0) chooseTriple(judged.found[0]);
}
