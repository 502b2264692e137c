// The data of stories: chunks of base64, gzip, JSON, unpacked when a story of theirs is opened.

async function unpack(element) {
  const bytes = Uint8Array.from(atob(element.textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

const unpacked = new Map();

// The chunks stand after this script, so that the list is there before they are all read.
const allRead = new Promise((resolve) => {
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', resolve);
  else resolve();
});

async function storiesOfChunk(number) {
  await allRead;
  if (!unpacked.has(number)) unpacked.set(number, unpack($$('script.chunk')[number]));
  return unpacked.get(number);
}

// A story by its place in the list as it was written; chunks hold the stories in that order.
async function storyAt(place, chunkSize) {
  return (await storiesOfChunk(Math.floor(place / chunkSize)))[place % chunkSize];
}

