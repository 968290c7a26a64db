// Keeps a page of the console that waits for something as it is in truth: a card at a terminal, a
// run, a file. Optional: without it a link asks for the page again.
//
// While the page is seen, it is asked for again after each pause. Parts marked data-live are put
// in their place, so that what is a status is read aloud; once nothing is waited for any more, the
// rest is, too. A field that somebody types in, and where the focus is, stay.
(() => {
  const wait = (page) => page.querySelector("script[data-again]")?.dataset.again;
  const swap = (old, fresh) => {
    if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
  };
  const isTyped = () => {
    const field = document.activeElement;
    return field?.matches("main :is(input, textarea)") && field.value !== field.defaultValue;
  };
  const showAll = (main, fresh) => {
    const kept = main.querySelector(":scope > [data-live][id]");
    const other = kept && fresh.querySelector("#" + kept.id);
    if (!other) return swap(main, fresh);
    swap(kept, other);
    for (const node of [...main.childNodes]) if (node !== kept) node.remove();
    const nodes = [...fresh.childNodes], at = nodes.indexOf(other);
    kept.before(...nodes.slice(0, at));
    kept.after(...nodes.slice(at + 1));
  };
  const show = (fresh) => {
    const main = document.querySelector("main"), next = fresh.querySelector("main");
    const focus = document.activeElement?.id, inside = main.contains(document.activeElement);
    const parts = [...main.querySelectorAll("[data-live]")];
    if (isTyped() || (parts.length && wait(fresh))) {
      for (const part of parts) {
        const other = fresh.getElementById(part.id);
        if (other) swap(part, other);
      }
    } else {
      showAll(main, next);
    }
    document.title = fresh.title;
    if (!inside || main.contains(document.activeElement)) return;
    const back = (focus && document.getElementById(focus)) || main.querySelector("[role=status]") || main;
    if (back.tabIndex < 0) back.tabIndex = -1;
    back.focus();
  };
  const look = async () => {
    let again = wait(document);
    try {
      if (!document.hidden) {
        const answer = await fetch(location.href, { cache: "no-store" });
        if (answer.redirected) return location.reload();
        if (answer.ok) {
          const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
          // To a parser without scripts these are elements like others.
          for (const each of fresh.querySelectorAll("noscript")) each.remove();
          show(fresh);
          again = wait(fresh);
        }
      }
    } catch {
      // Away for a moment: asked again after the next pause.
    }
    if (again) setTimeout(look, again * 1000);
  };
  setTimeout(look, wait(document) * 1000);
})();
