// Brings new updates to an open page. Without it the page is complete; with it nobody has to reload.
// live.json is asked at intervals and points at change sets that never change (d/) and snapshots of the page (s/).
(function () {
  "use strict";

  var body = document.body;
  var words = JSON.parse(body.dataset.words);
  var find = function (id) { return document.getElementById(id); };
  var said = find("said");
  var toast = find("toast");
  var timeline = find("timeline");
  var pause = find("pause");

  // ---- every page: sharing, key events, posts

  function wire(root) {
    root.querySelectorAll(".share").forEach(function (button) { button.hidden = false; });
    root.querySelectorAll(".post[data-frame]").forEach(offer);
    var keys = root.querySelector(".keys");
    if (keys && matchMedia("(min-width: 900px)").matches) keys.open = true;
  }

  // A post is loaded from its network when a reader asks for it and was told who learns of it. The page's policy names
  // who may be framed; a frame of the page's own host could take its sandbox off.
  function offer(post) {
    var policy = document.querySelector("meta[http-equiv=Content-Security-Policy]").content;
    var origin = new URL(post.dataset.frame).origin;
    var framed = (/frame-src ([^;]*)/.exec(policy) || ["", ""])[1].split(" ");
    if (!framed.includes(origin) || origin === location.origin || post.querySelector(".load")) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "load";
    button.dir = "auto";
    button.textContent = post.dataset.load;
    button.addEventListener("click", function () {
      var open = post.querySelector("iframe");
      if (open) open.remove(); else load(post, button);
      button.textContent = open ? post.dataset.load : post.dataset.close;
    });
    post.append(button);
  }

  function load(post, button) {
    var frame = document.createElement("iframe");
    var rights = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
    frame.setAttribute("sandbox", "own" in post.dataset ? rights + " allow-same-origin" : rights);
    frame.setAttribute("referrerpolicy", "site" in post.dataset ? "strict-origin" : "no-referrer");
    frame.setAttribute("loading", "lazy");
    frame.setAttribute("allow", "fullscreen");
    frame.title = post.dataset.title;
    frame.src = post.dataset.frame;
    button.after(frame);
    frame.focus();
  }

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    var field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "unseen";
    body.append(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("no clipboard"));
  }

  document.addEventListener("click", function (event) {
    var target = event.target instanceof Element ? event.target : null;
    var button = target && target.closest(".share");
    if (button) share(button);
    var inside = target && target.closest("a[href^='#e-']");
    if (inside && !find(inside.hash.slice(1))) reveal();
  });

  function share(button) {
    var article = button.closest("article");
    var heading = article.querySelector("h1, h2");
    var link = article.querySelector(".tools a").href;
    if (navigator.share) {
      navigator.share({ title: heading ? heading.textContent : document.title, url: link }).catch(function () {});
      return;
    }
    copy(link).then(function () {
      button.textContent = words.copied;
      setTimeout(function () { button.textContent = words.share; }, 3000);
    }, function () { location.href = link; });
  }

  wire(document);
  if (!body.dataset.live || !timeline) return;
  days();
  if (location.protocol === "file:") return; // a page on disk has nobody to ask

  // ---- the live page

  var seq = Number(body.dataset.seq);
  var epoch = Number(body.dataset.epoch);
  var title = document.title;
  var waiting = new Map();
  var every = Number(body.dataset.poll) || 15;
  var quiet = 0;
  var failures = 0;
  var timer = 0;
  var paused = false;
  var over = body.dataset.state === "ended";
  var asking = false;
  var announced = 0;
  var unannounced = 0;
  var announcer = 0;

  function plan(seconds) {
    clearTimeout(timer);
    if (!paused && !over && !document.hidden) timer = setTimeout(ask, seconds * 1000);
  }

  function next() {
    if (failures) return Math.min(120, Math.pow(2, failures)) * (0.5 + Math.random() / 2);
    var calm = quiet >= 20 ? Math.min(Math.max(every, 60), every * 2) : every;
    return calm * (0.75 + Math.random() / 2);
  }

  // The pointer is never asked for conditionally: servers that tell files apart by the second would call a second
  // change within it "not modified", and its 150 bytes weigh no more than that answer.
  function get(name, cache) {
    return fetch(name, { cache: cache || "default", credentials: "omit" }).then(function (answer) {
      if (!answer.ok) throw new Error(name + " " + answer.status);
      return answer.json();
    });
  }

  function ask() {
    if (asking) return;
    asking = true;
    get(body.dataset.live, "no-store").then(catchUp).then(function () { failures = 0; }, function () { failures += 1; })
      .then(function () { asking = false; plan(next()); });
  }

  async function catchUp(live) {
    every = live.poll || every;
    quiet = live.seq === seq && live.epoch === epoch ? quiet + 1 : 0;
    if (live.epoch !== epoch || live.seq < seq || live.seq - seq > 10) await fromSnapshot(live);
    while (seq < live.seq) {
      var change = await get(live.d.replace("{seq}", String(seq + 1))).catch(function (error) {
        if (live.snap > seq) return null;
        throw error;
      });
      if (!change) {
        await fromSnapshot(live);
        continue;
      }
      apply(change);
      seq = change.seq;
    }
    over = live.state === "ended";
    pause.hidden = over;
  }

  async function fromSnapshot(live) {
    if (!live.snap || (live.epoch === epoch && live.snap <= seq)) {
      if (live.epoch !== epoch || live.seq < seq) throw new Error("no snapshot");
      return;
    }
    var snapshot = await get(live.s.replace("{seq}", String(live.snap)));
    var there = new Set(snapshot.ops.map(function (op) { return op.id; }));
    var oldest = snapshot.ops.length ? snapshot.ops[snapshot.ops.length - 1].key : "";
    articles().forEach(function (article) {
      var id = article.id.slice(2);
      if (article.dataset.key >= oldest && !there.has(id)) article.remove();
    });
    waiting.forEach(function (op, id) { if (!there.has(id)) waiting.delete(id); });
    gap(oldest, snapshot.parts.older);
    apply(snapshot);
    seq = snapshot.seq;
    epoch = live.epoch;
  }

  function apply(change) {
    var fresh = 0;
    (change.ops || []).forEach(function (op) {
      if (op.op === "remove") {
        waiting.delete(op.id);
        var gone = entry(op.id);
        if (gone) gone.remove();
        return;
      }
      var here = entry(op.id);
      if (here) {
        if (here.dataset.rev === String(op.rev)) return;
        replace(here, op);
      } else if (waiting.has(op.id)) {
        waiting.set(op.id, op);
      } else if (belongs(op) && op.op === "update") {
        insert(made(op.html));
      } else if (belongs(op)) {
        waiting.set(op.id, op);
        if (!pinnedNow(change, op.id)) fresh += 1;
      }
    });
    Object.keys(change.parts || {}).forEach(function (name) { part(name, change.parts[name]); });
    unpin();
    if (atTop()) reveal(); else days();
    showWaiting();
    if (fresh) announce(fresh);
  }

  function entry(id) { return timeline.querySelector("#e-" + CSS.escape(id)); }
  function articles() { return Array.from(timeline.querySelectorAll("article")); }

  // An update that is older than this page's oldest entry is for the pages behind it.
  function belongs(op) {
    var last = articles().pop();
    return !last || op.key >= last.dataset.key || !find("part-older").firstElementChild;
  }

  function pinnedNow(change, id) { return Boolean(change.parts && (change.parts.pinned || "").includes("e-" + id)); }

  function made(html) {
    var holder = document.createElement("template");
    holder.innerHTML = html;
    var element = holder.content.querySelector("article");
    wire(element);
    return element;
  }

  function replace(here, op) {
    var fresh = made(op.html);
    var held = here.contains(document.activeElement);
    if (fresh.dataset.key === here.dataset.key) {
      here.replaceWith(fresh);
    } else {
      here.remove();
      insert(fresh);
    }
    if (held) {
      fresh.tabIndex = -1;
      fresh.focus({ preventScroll: true });
    }
  }

  function insert(element) {
    var after = Array.from(timeline.querySelectorAll("[data-key]")).find(function (other) { return other.dataset.key < element.dataset.key; });
    var empty = timeline.querySelector(".nothing");
    if (empty) empty.remove();
    if (after) after.before(element); else timeline.append(element);
  }

  // Between what is new and what was here lie updates that only the pages behind this one have.
  function gap(oldest, link) {
    var newest = articles()[0];
    if (!newest || newest.dataset.key >= oldest || !link) return;
    var line = document.createElement("p");
    line.className = "turn";
    line.dataset.key = oldest.slice(0, -1);
    line.innerHTML = link;
    newest.before(line);
  }

  function part(name, html) {
    var place = find("part-" + name);
    if (!place || place.innerHTML === html) return;
    var open = name === "keys" && place.querySelector(".keys[open]");
    place.innerHTML = html;
    if (open && place.querySelector(".keys")) place.querySelector(".keys").open = true;
    wire(place);
  }

  // What is in the pinned box is not repeated below it.
  function unpin() {
    find("part-pinned").querySelectorAll("article").forEach(function (pin) {
      var below = entry(pin.id.slice(2));
      if (below) below.remove();
      waiting.delete(pin.id.slice(2));
    });
  }

  function atTop() { return timeline.getBoundingClientRect().top >= 0; }

  function reveal() {
    var newest = null;
    Array.from(waiting.values()).sort(function (a, b) { return a.key < b.key ? -1 : 1; }).forEach(function (op) {
      newest = made(op.html);
      newest.classList.add("fresh");
      insert(newest);
    });
    waiting.clear();
    days();
    showWaiting();
    return newest;
  }

  function phrase(n) {
    var form = new Intl.PluralRules(document.documentElement.lang || "en").select(n);
    return (words.waiting[form] || words.waiting.other).replace("{n}", String(n));
  }

  function showWaiting() {
    var n = waiting.size;
    toast.hidden = n === 0;
    if (n) toast.firstElementChild.textContent = phrase(n);
    document.title = n ? "(" + n + ") " + title : title;
  }

  // The count only, and not more often than every half minute.
  function announce(n) {
    unannounced += n;
    clearTimeout(announcer);
    announcer = setTimeout(function () {
      said.textContent = phrase(unannounced);
      unannounced = 0;
      announced = Date.now();
    }, Math.max(0, announced + 30000 - Date.now()));
  }

  function days() {
    timeline.querySelectorAll(".day").forEach(function (line) { line.remove(); });
    var before = timeline.dataset.today || "";
    articles().forEach(function (article) {
      if (article.dataset.date !== before && before) {
        var line = document.createElement("p");
        line.className = "day";
        line.textContent = article.dataset.date;
        article.before(line);
      }
      before = article.dataset.date;
    });
  }

  toast.firstElementChild.addEventListener("click", function () {
    var newest = reveal();
    if (!newest) return;
    newest.tabIndex = -1;
    newest.focus({ preventScroll: true });
    newest.scrollIntoView({ block: "start" });
  });

  document.addEventListener("scroll", function () { if (waiting.size && atTop()) reveal(); }, { passive: true });

  document.addEventListener("visibilitychange", function () {
    if (document.hidden) clearTimeout(timer); else plan(Math.random() * 3);
  });

  pause.addEventListener("click", function () {
    paused = !paused;
    pause.textContent = paused ? words.resume : words.pause;
    plan(0);
  });

  // Everybody's first question comes at another moment.
  pause.hidden = over;
  plan(Math.random() * every);
}());
