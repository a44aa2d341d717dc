"use strict";
{
  // A page that is not ready fetches itself, and puts in what is new where nobody is typing.
  const follow = () => {
    const main = document.querySelector("main[data-refresh]");
    if (main) setTimeout(load, Number(main.dataset.refresh) * 1000);
  };
  const load = async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [old, fresh] = [document, page].map((one) => one.querySelector("main"));
      if (answer.redirected || !fresh) return location.reload();
      if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
      if (!fresh.dataset.refresh) delete old.dataset.refresh;
      document.title = page.title;
      document.querySelector("h1").textContent = page.querySelector("h1").textContent;
      prepare();
      watch();
    } catch { /* the server is away for a moment */ }
    follow();
  };

  const prepare = () => {
    for (const shown of document.querySelectorAll("code[data-slug]")) {
      const { base, ending, folder, slug } = shown.dataset;
      const fields = [folder, slug].map((id) => document.getElementById(id));
      const [first] = shown.textContent.slice(base.length).split("/");
      const show = () => { shown.textContent = `${base}${fields[0]?.value ?? first}/${fields[1].value}${ending}`; };
      for (const field of fields) field?.addEventListener("input", show);
    }
    for (const field of document.querySelectorAll("input[data-copy]")) {
      const button = field.nextElementSibling;
      button.hidden = false;
      button.addEventListener("click", async () => {
        field.select();
        try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
      });
    }
  };

  // A click on a text of the page in the frame chooses its block in the form; nothing runs in there.
  const point = (frame) => {
    const page = frame.contentDocument;
    if (!page || !document.querySelector("form.mend")) return;
    for (const hint of document.querySelectorAll(".pointing")) hint.hidden = false;
    const mark = () => {
      for (const one of page.querySelectorAll("[data-fm-block]")) {
        const box = document.getElementById(`block-${one.dataset.fmBlock}`);
        const chosen = box?.type === "radio" && box.checked;
        one.style.setProperty("outline", chosen ? "3px solid #b3261e" : "", "important");
      }
    };
    page.addEventListener("click", (event) => {
      const text = event.target.closest("[data-fm-block]");
      const box = text && document.getElementById(`block-${text.dataset.fmBlock}`);
      if (!box) return;
      box.checked = box.type === "radio" || !box.checked;
      box.closest("li").scrollIntoView({ block: "nearest" });
      mark();
    });
    document.querySelector("form.mend").addEventListener("change", mark);
  };
  const watch = () => {
    for (const frame of document.querySelectorAll("iframe")) {
      frame.addEventListener("load", () => point(frame));
      if (frame.contentDocument?.readyState === "complete") point(frame);
    }
  };

  prepare();
  watch();
  follow();
}
