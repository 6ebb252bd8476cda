// Fetches this page again and again, and exchanges the parts of it that have changed.
const PAUSE = 500;

function exchange(old, next) {
  if (old.isEqualNode(next)) return;
  const alike = old.nodeType === Node.ELEMENT_NODE && old.nodeName === next.nodeName &&
    old.childNodes.length === next.childNodes.length;
  if (!alike) return old.replaceWith(next);
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const children = [...next.childNodes];
  [...old.childNodes].forEach((child, index) => exchange(child, children[index]));
}

async function update() {
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    // What somebody opened stays open, wherever it moves to.
    const opened = new Set([...document.querySelectorAll("details[open]")].map((rows) => rows.dataset.rows));
    exchange(document.getElementById("live"), next.getElementById("live"));
    for (const rows of document.querySelectorAll("details")) rows.open = opened.has(rows.dataset.rows);
    document.body.classList.remove("away");
  } catch {
    // The program has ended; it may come back.
    document.body.classList.add("away");
  }
  setTimeout(update, PAUSE);
}
setTimeout(update, PAUSE);
