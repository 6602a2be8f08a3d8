//! Pages that do everything to what stands on them: the widget looks and works as on a plain one, and does nothing to them.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::harness::pictures::{Looks, View};
use crate::harness::stage::{Play, Stage, journey};
use crate::harness::{Parted, copy_of_site, until};
use crate::pages::{Consents, Identify, Offers, RETURNING, Vehicles};

/// A page, and what it does.
struct Host {
    name: &'static str,
    /// Attributes of its root.
    root: &'static str,
    head: &'static str,
    /// Around the tag.
    around: [&'static str; 2],
    css: &'static str,
    js: &'static str,
    /// Instead of the one of the demo site.
    policy: &'static str,
    /// What it does once the widget is there.
    then: &'static str,
    /// Names the page itself puts into the window.
    names: &'static [&'static str],
    /// Leaves so little room that the offers lie otherwise.
    narrow: bool,
}

const PLAIN: Host = Host {
    name: "plain",
    root: "",
    head: "",
    around: ["<main>", "</main>"],
    css: "body { margin: 0; }",
    js: "",
    policy: "",
    then: "",
    names: &[],
    narrow: false,
};

/// Pages with styles for everything.
const STYLES: [Host; 5] = [
    Host { name: "reset", css: "* { all: unset; }", ..PLAIN },
    Host { name: "reset-important", css: "* { all: unset !important; } head, head * { display: none !important; }
            body { color: white !important; letter-spacing: .5em !important; text-align: end !important; line-height: .8 !important; }", ..PLAIN },
    Host { name: "rtl", root: r#"dir="rtl""#, ..PLAIN },
    Host {
        name: "inherited",
        css: "
            html { font-size: 62.5%; }
            body { margin: 0; background: #222; }
            body, body * { color: white; font: italic small-caps 900 9px/.8 fantasy; letter-spacing: .5em; word-spacing: 1em;
              text-transform: uppercase; text-align: right; text-indent: 3em; text-shadow: 0 0 4px red; white-space: pre; word-break: break-all;
              hyphens: auto; cursor: wait; user-select: none; list-style: square; quotes: none; tab-size: 1; line-break: anywhere;
              caret-color: transparent; accent-color: red; color-scheme: dark; font-feature-settings: 'smcp'; font-variant-numeric: oldstyle-nums;
              stroke: red; fill: red; -webkit-text-stroke: 1px red; -webkit-text-fill-color: white; border-collapse: collapse;
              pointer-events: none; }",
        ..PLAIN
    },
    Host {
        name: "switched-off",
        css: "
            body { margin: 0; }
            button, a, h2, p, label { display: none !important; }
            input, svg { opacity: 0 !important; visibility: hidden !important; }
            :not(:defined) { display: none; }
            ::before, ::after { content: 'x' !important; }
            ::part(btn), .btn, .ins, .title, .box { display: none !important; }
            *:focus { outline: 0 !important; }",
        ..PLAIN
    },
];

/// Pages with scripts, places and policies that others did not reckon with.
const SCRIPTS: [Host; 5] = [
    Host {
        name: "prototypes",
        // As libraries of old: their own methods work for their own code, and for nobody else's.
        js: "
            const ours = () => new Error().stack.indexOf('insurup') >= 0;
            const replace = (prototype, name) => {
              const original = prototype[name];
              prototype[name] = function (...all) {
                if (ours()) throw new Error(`${name} is the page's`);
                return original.apply(this, all);
              };
            };
            for (const name of ['map', 'filter', 'forEach', 'find', 'some', 'indexOf', 'reduce']) replace(Array.prototype, name);
            for (const name of ['trim', 'strip', 'trimEnd', 'padStart', 'includes']) if (String.prototype[name]) replace(String.prototype, name);
            replace(Function.prototype, 'bind');
            Array.prototype.extra = () => 'extra';
            Object.prototype.foo = 1;
            Array.prototype.toJSON = function () { return ours() ? `${this.length} things` : Object.assign([...this], { toJSON: undefined }); };",
        ..PLAIN
    },
    Host {
        name: "zones",
        // As zone.js: every asynchronous thing is wrapped.
        js: "
            const Native = Promise;
            class ZoneAwarePromise {
              #inner;
              constructor(run) { this.#inner = new Native(run); }
              then(done, failed) { return ZoneAwarePromise.resolve(this.#inner.then(done, failed)); }
              catch(failed) { return this.then(undefined, failed); }
              finally(done) { return ZoneAwarePromise.resolve(this.#inner.finally(done)); }
              get [Symbol.toStringTag]() { return 'Promise'; }
              static resolve(value) { return value instanceof ZoneAwarePromise ? value : new ZoneAwarePromise((done) => done(value)); }
              static reject(cause) { return new ZoneAwarePromise((_, failed) => failed(cause)); }
              static all(many) { return ZoneAwarePromise.resolve(Native.all(many)); }
              static race(many) { return ZoneAwarePromise.resolve(Native.race(many)); }
              static allSettled(many) { return ZoneAwarePromise.resolve(Native.allSettled(many)); }
            }
            window.Promise = ZoneAwarePromise;
            const { then } = Native.prototype;
            Native.prototype.then = function (done, failed) { return then.call(this, done, failed); };
            const { fetch, setTimeout, requestAnimationFrame, queueMicrotask } = window;
            window.fetch = (...all) => ZoneAwarePromise.resolve(fetch.apply(window, all));
            window.setTimeout = (callback, ...rest) => setTimeout.call(window, () => callback(), ...rest);
            window.requestAnimationFrame = (callback) => requestAnimationFrame.call(window, (now) => callback(now));
            window.queueMicrotask = (callback) => queueMicrotask.call(window, () => callback());
            const { addEventListener } = EventTarget.prototype;
            const wrapped = new WeakMap();
            EventTarget.prototype.addEventListener = function (type, listener, options) {
              const call = typeof listener === 'function' ? wrapped.get(listener) ?? function (event) { return listener.call(this, event); } : listener;
              if (typeof listener === 'function') wrapped.set(listener, call);
              return addEventListener.call(this, type, call, options);
            };
            const { removeEventListener } = EventTarget.prototype;
            EventTarget.prototype.removeEventListener = function (type, listener, options) {
              return removeEventListener.call(this, type, wrapped.get(listener) ?? listener, options);
            };
            const { define } = customElements;
            customElements.define = function (name, type, options) {
              for (const callback of ['connectedCallback', 'disconnectedCallback']) {
                const original = type.prototype[callback];
                if (original) type.prototype[callback] = function (...all) { return original.apply(this, all); };
              }
              return define.call(this, name, type, options);
            };
            const Observer = MutationObserver;
            window.MutationObserver = class extends Observer { constructor(react) { super((...all) => react(...all)); } };",
        ..PLAIN
    },
    Host {
        name: "clobbered",
        around: [
            "<div id=insurup></div><div id=insurup></div><form id=root name=config><input name=shadowRoot></form><a id=config href=/elsewhere></a><img id=wasm alt=''>
            <form name=checkout><input name=mount></form><main>",
            "</main>",
        ],
        js: "
            window.insurup = 'taken';
            window.module = { exports: {} };
            window.exports = window.module.exports;
            window.define = (...all) => { throw new Error('defined'); };
            window.define.amd = {};
            window.require = () => { throw new Error('required'); };
            window.wasmBindings = null;
            window.process = { env: {}, versions: { node: '1' } };
            window.global = window;
            window.InsurUpCheckout = 1;",
        names: &["insurup", "module", "exports", "define", "require", "wasmBindings", "process", "global", "InsurUpCheckout"],
        ..PLAIN
    },
    Host {
        name: "places",
        around: [
            "<main><form id=host action=/elsewhere.html><div class=tab><div class=flex><p>Kasko</p><div class=moved><div class=grid>",
            "</div></div></div></div><input name=q><button>Ara</button></form></main>",
        ],
        css: "
            body { margin: 0; }
            .tab { display: none; }
            .tab.open { display: block; inline-size: 280px; max-inline-size: 100%; }
            .flex { display: flex; }
            .flex p { display: none; }
            .moved { flex: 1; min-inline-size: 0; transform: translateX(2px); overflow: hidden; display: flex; flex-wrap: wrap; align-items: flex-start; }
            .grid { display: grid; justify-items: start; }",
        then: "
            document.querySelector('.tab').classList.add('open');
            document.querySelector('#host').addEventListener('submit', () => { document.title = 'sent'; });",
        narrow: true,
        ..PLAIN
    },
    Host {
        name: "policy",
        head: r#"<base href="https://elsewhere.example/">"#,
        // What docs/embedding.md has for both layouts.
        policy: "script-src {{cdn}} 'wasm-unsafe-eval'; connect-src {{cdn}} {{api}}; frame-src {{cdn}}; style-src 'none';
            require-trusted-types-for 'script'; trusted-types 'none'",
        ..PLAIN
    },
];

/// What the driver and the prelude keep in the window.
const DRIVER: [&str; 4] = ["__witness", "ret_nodes", "se_", "cdc_"];
const WINDOW: View = View { name: "", width: 390, height: 844, dots: 1.0, text: "" };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn looks_the_same_whatever_the_page_does_to_its_styles() -> Result<()> {
    visit_all("host-styles", &STYLES).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn works_whatever_the_page_does_to_scripts_and_places() -> Result<()> {
    visit_all("host-scripts", &SCRIPTS).await
}

async fn visit_all(name: &'static str, hosts: &'static [Host]) -> Result<()> {
    let play = Play { site: Some(site(name, hosts)?), looks: Looks::Laid(&[WINDOW]), ..Play::new(name) };
    journey(play, async move |stage| {
        let stage = &*stage;
        let plain = buy_nothing(stage, &PLAIN).await?;
        // What a page hides is hidden.
        let hide = "document.body.style.visibility = 'hidden';
            return getComputedStyle(witness.frame() ?? witness.widget().shadowRoot.querySelector('.title')).visibility";
        ensure!(stage.browser.page_script(hide, json!([])).await? == "hidden", "the page is hidden, and the widget is not");
        let mut wrong = vec![];
        for host in hosts {
            // One page's trouble does not hide another's.
            let strange = match visit(stage, host, &plain).await {
                Ok(strange) => strange,
                Err(error) => vec![format!("{error:#}, after {}", stage.browser.page_script("return witness.events", json!([])).await?)],
            };
            wrong.extend(strange.into_iter().map(|what| format!("{}: {what}", host.name)));
        }
        ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
        stage.expect_no_secret()?;
        stage.expect_closed()
    })
    .await
}

/// What looks otherwise than on the plain page.
async fn visit(stage: &Stage, host: &Host, plain: &Looked) -> Result<Vec<String>> {
    stage.witnessed().console.clear();
    let here = buy_nothing(stage, host).await?;
    stage.expect_quiet()?;
    stage.expect_no_other_host()?;
    let mut strange = vec![];
    for (what, value) in here.iter().filter(|(what, _)| !host.narrow || what.starts_with("identify")) {
        match plain.get(what) {
            Some(usual) if usual != value => strange.push(format!("{what} is {value}, on a plain page {usual}")),
            Some(_) => {}
            None => strange.push(format!("{what} is not on the plain page")),
        }
    }
    Ok(strange)
}

/// Computed values by screen, part and property.
type Looked = BTreeMap<String, String>;

/// Signs in and reads the offers.
async fn buy_nothing(stage: &Stage, host: &Host) -> Result<Looked> {
    let page = format!("{}.html", host.name);
    stage.visit(&page).await?;
    if !host.then.is_empty() {
        let there = "return document.querySelector('insurup-checkout') !== null";
        until("the tag", async || Ok(stage.browser.page_script(there, json!([])).await?.as_bool().filter(|is| *is))).await?;
        stage.browser.page_script(host.then, json!([])).await?;
    }
    let identify = Identify::reached(stage).await?;
    let mut looked = looks(stage, "identify").await?;
    identify.go_to_mistake().await?.send_by_enter(RETURNING).await?.enter().await?;
    Consents::reached(stage).await?.pass().await?;
    Vehicles::reached(stage).await?.go_on().await?;
    Offers::reached(stage).await?;
    looked.extend(looks(stage, "offers").await?);
    stage.photograph(&format!("host-{}", host.name)).await?;
    // A window counts its frames by numbers.
    let left = "return { url: location.href, title: document.title, names: Object.getOwnPropertyNames(globalThis).filter((name) => !witness.names.has(name)) }";
    let left = stage.browser.page_script(left, json!([])).await?;
    ensure!(left["url"] == format!("{}/{page}", stage.at.site), "the page went to {}", left["url"]);
    ensure!(left["title"] == host.name, "the form around the widget was sent");
    let names = left["names"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let names: Vec<_> =
        names.filter(|name| *name != "0" && !host.names.contains(name) && !DRIVER.iter().any(|of| name.starts_with(of))).collect();
    ensure!(names.is_empty(), "the page has new globals: {names:?}");
    Ok(looked)
}

/// How some parts of the screen look, without what depends on the room there is.
async fn looks(stage: &Stage, screen: &str) -> Result<Looked> {
    let read = r"
        const parts = ['.ins', '.title', '.lead', '.btn', '.box', '.field > label', '.inp', '.inp > input', '.hint', '.foot a', '.link', '.steps li', 'svg', 'h3', '.price', '.offer select', '.badge'];
        const room = /width|height|(inline|block)-size|inset|^(top|left|right|bottom)$|origin|^grid|^margin|^block-|^inline-|^transition|^animation|^d$|^container/;
        const root = witness.widget().shadowRoot;
        const looked = {};
        for (const part of parts) {
          const node = root.querySelector(part);
          if (!node) continue;
          const style = getComputedStyle(node);
          for (let place = 0; place < style.length; place++) {
            const property = style[place];
            if (!property.startsWith('--') && !room.test(property.replace(/^(border|outline|line|column-rule|stroke)-.*/, '')) ) looked[part + ' ' + property] = style.getPropertyValue(property);
          }
          looked[part + ' line-height'] = style.lineHeight;
        }
        return looked";
    // Nothing is under the pointer, wherever it was left.
    stage.browser.devtools("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": 0, "y": 0 })).await?;
    stage.browser.page_script("return new Promise((done) => setTimeout(done, 400))", json!([])).await?;
    let looked = stage.browser.script(read, json!([])).await?;
    let looked = looked.as_object().cloned().unwrap_or_default();
    // A page that gives every object a member gives one to this too.
    let looked = looked.into_iter().filter(|(what, _)| what.contains(' '));
    Ok(looked.map(|(what, value)| (format!("{screen} {what}"), value.as_str().unwrap_or_default().to_owned())).collect())
}

/// A site of these pages, each with the tag of the demo agency.
fn site(name: &str, hosts: &[Host]) -> Result<PathBuf> {
    let to = copy_of_site(name)?;
    let Parted { tag, .. } = Parted::read(&to, "index.html")?;
    for host in hosts.iter().chain([&PLAIN]) {
        let Host { name, root, head, around: [before, after], css, js, policy, .. } = host;
        // Under a policy of the page's own nothing of its own is let in.
        let own = if policy.is_empty() {
            format!("<link rel=stylesheet href={name}.css><script src={name}.js></script>")
        } else {
            fs::write(to.join(format!("{name}.policy")), policy.split_whitespace().collect::<Vec<_>>().join(" "))?;
            String::new()
        };
        let page = format!(
            r#"<!doctype html><html lang="tr" {root}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,"><title>{name}</title>{own}{head}<script src="{{{{cdn}}}}/insurup.js" async></script></head>
            <body>{before}{tag}{after}</body></html>"#
        );
        fs::write(to.join(format!("{name}.html")), page)?;
        fs::write(to.join(format!("{name}.css")), css)?;
        fs::write(to.join(format!("{name}.js")), format!("{{{js}}}"))?;
    }
    Ok(to)
}
