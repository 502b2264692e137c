// What is shown: the address says it, so that the browser's own back and forward work.

let redraw = () => {};

function show(view) {
  for (const part of $$('.view')) part.hidden = part.dataset.view !== view;
  for (const link of $$('nav a')) {
    const current = link.hash === (view === 'story' ? '#stories' : `#${view}`);
    if (current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

async function openStory(id, at) {
  const found = list.rows.find((story) => story.id === id || story.id.startsWith(id));
  if (!found) return false;
  const { view, draw } = storyView(await storyAt(found.place, list.chunkSize), at);
  $('#story').replaceChildren(view);
  show('story');
  redraw = draw;
  draw();
  document.title = `${found.headline} – wirecopy`;
  const target = at > 0 ? $('#beside-title') : null;
  if (target) target.scrollIntoView();
  else scrollTo(0, 0);
  (target ?? $('#story h1')).focus({ preventScroll: true });
  return true;
}

async function route() {
  const hash = decodeURIComponent(location.hash.slice(1));
  redraw = () => {};
  const story = /^story=([^&]+)(?:&copy=(\d+))?$/.exec(hash);
  if (story && await openStory(story[1], Number(story[2] ?? 0))) return;
  document.title = 'Who reprinted what – wirecopy';
  const [name, query] = hash.split('?');
  const view = ['outlets', 'about'].includes(name) ? name : 'overview';
  show(view);
  if (query !== undefined && name === 'stories') filterAs(query);
  const title = $(`#${name === 'stories' ? 'stories' : view}-title`);
  if (location.hash !== '') title.focus({ preventScroll: true });
  if (name === 'stories') $('#stories').scrollIntoView();
  else scrollTo(0, 0);
}

async function start() {
  await readList();
  offerFilters();
  wireList();
  wireTables();
  showList();
  await route();
  addEventListener('hashchange', route);
  addEventListener('resize', () => redraw());
  addEventListener('keydown', (event) => {
    const typing = event.target.matches?.('input, select, textarea');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      show('overview');
      $('#f-search').focus();
    }
  });
  document.documentElement.dataset.ready = 'true';
}

start();
