// What is shown: the address says it, so that the browser's own back and forward work.

let redraw = () => {};
// The list as a reader left it for a story: where it was, how far down, and at which story.
const left = { hash: null, scroll: 0, id: null };

function show(view, name = view) {
  for (const part of $$('.view')) part.hidden = part.dataset.view !== view;
  for (const link of $$('nav a')) {
    if (link.hash === `#${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

const isShown = (view) => !$(`[data-view=${view}]`).hidden;

async function openStory(id, at) {
  const found = list.rows.find((story) => story.id === id || story.id.startsWith(id));
  if (!found) return false;
  if (isShown('overview')) Object.assign(left, { scroll: scrollY, id: found.id });
  const { view, draw } = storyView(await storyAt(found.place, list.chunkSize), at);
  $('#story').replaceChildren(view);
  show('story', 'stories');
  redraw = draw;
  draw();
  document.title = `${found.headline} – wirecopy`;
  const target = at > 0 ? $('#beside-title') : null;
  if (target) target.scrollIntoView();
  else scrollTo(0, 0);
  (target ?? $('#story h1')).focus({ preventScroll: true });
  return true;
}

// Back from a story to the list as it was.
function returnToList() {
  show('overview', 'stories');
  scrollTo(0, left.scroll);
  $(`#list a[href="#story=${left.id}"]`)?.focus({ preventScroll: true });
}

function openPage(name, query) {
  const view = ['outlets', 'about'].includes(name) ? name : 'overview';
  const isList = name === 'stories';
  const again = view === 'overview' && left.id !== null && left.hash === location.hash && isShown('story');
  left.hash = view === 'overview' ? location.hash : left.hash;
  if (again) {
    returnToList();
    return;
  }
  show(view, isList ? 'stories' : view);
  if (isList && query !== undefined) filterAs(query);
  if (location.hash !== '') $(`#${isList ? 'stories' : view}-title`).focus({ preventScroll: true });
  if (isList) $('#stories').scrollIntoView();
  else scrollTo(0, 0);
}

async function route() {
  redraw = () => {};
  const hash = location.hash.slice(1);
  const story = /^story=([0-9a-z]+)(?:&copy=(\d+))?$/.exec(hash);
  if (story && (await openStory(story[1], Number(story[2] ?? 0)))) return;
  document.title = 'Who reprinted what – wirecopy';
  const mark = hash.indexOf('?');
  openPage(mark < 0 ? hash : hash.slice(0, mark), mark < 0 ? undefined : hash.slice(mark + 1));
}

// `/` leads to the search, from wherever it is pressed.
function searchByKey(event) {
  const isTyping = event.target.matches?.('input, select, textarea');
  if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (!isShown('overview')) {
    history.pushState(null, '', '#stories');
    openPage('stories');
  }
  $('#f-search').focus();
}

async function start() {
  // Where a reader was is put back here, once the list is there again.
  history.scrollRestoration = 'manual';
  await readList();
  offerFilters();
  wireList();
  wireTables();
  showList();
  addEventListener('hashchange', route);
  addEventListener('resize', () => redraw());
  addEventListener('keydown', searchByKey);
  await route();
  document.documentElement.dataset.ready = 'true';
}

start();
