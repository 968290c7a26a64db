// Keeps the page of a bill as it is in truth, without a reload. Optional: without it, or without a
// stream, the page is reloaded by hand and says the same.
//
// While the page is seen, one stream says which version the bill has. A version that is not the
// page's has the page asked for again, and its blocks swapped; a block with the focus inside is
// not touched but says that there is news. One sentence is said, at most every five seconds.
(() => {
  const find = (id, from = document) => from.getElementById(id);
  const main = document.querySelector("main[data-live]"), said = find("said");
  let source, timer, fading, asked = 0, day = new Date().getDate();
  if (!main || !window.EventSource) return;
  const swap = (block, next) => {
    block.replaceChildren(...next.childNodes);
    delete block.dataset.news;
  };
  const hold = (block, next) => {
    block.querySelector(".news")?.remove();
    block.prepend(find("news").content.cloneNode(true));
    block.querySelector(".news button").onclick = () => {
      swap(block, next);
      const title = block.querySelector("h1, h2");
      if (title) {
        title.tabIndex = -1;
        title.focus();
      }
    };
  };
  const show = (fresh) => {
    const next = fresh.querySelector("main[data-live]");
    if (!next || fresh.querySelector("style").textContent !== document.querySelector("style").textContent) {
      return location.reload();
    }
    for (const block of main.querySelectorAll(".block")) {
      const other = find(block.id, fresh);
      if (block.innerHTML === other.innerHTML) continue;
      (block.contains(document.activeElement) ? hold : swap)(block, other);
    }
    document.title = fresh.title;
    const changed = main.dataset.version !== next.dataset.version;
    main.dataset.version = next.dataset.version;
    if (!changed) return;
    said.textContent = next.dataset.say;
    clearTimeout(fading);
    fading = setTimeout(() => (said.textContent = ""), 15000);
  };
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      asked = Date.now();
      try {
        const answer = await fetch(location.href, { cache: "no-cache" });
        if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
        else if (answer.status > 499) throw answer;
      } catch {
        timer = setTimeout(look, 10000);
      }
    }, Math.max(0, asked + 5000 - Date.now()));
  };
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const open = () => {
    if (source || document.hidden) return;
    if (day !== (day = new Date().getDate())) look();
    source = new EventSource(main.dataset.live + "?v=" + main.dataset.version);
    source.addEventListener("bill", (event) => {
      if (event.data !== main.dataset.version) look();
    });
    // A stream that was refused does not come again by itself.
    source.onerror = () => {
      if (source?.readyState !== 2) return;
      close();
      timer = setTimeout(open, 15000 + Math.random() * 15000);
    };
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
})();
