//! Which tab has which name: a browser that duplicates a tab copies its name with it.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Takes `name` for as long as this page lives; whether no other live page has it. Where the browser cannot
/// tell (it has no Web Locks, or not for this page) it is taken to be free.
pub async fn claim(name: &str) -> bool {
    match ask(name) {
        Ok(answer) => JsFuture::from(answer).await.is_ok_and(|is_free| is_free != JsValue::FALSE),
        Err(_) => true,
    }
}

/// Asks for a lock of that name, which is kept if it can be had at once.
fn ask(name: &str) -> Result<Promise, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let locks = Reflect::get(&window.navigator(), &"locks".into())?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into())?;
    let name = JsValue::from(format!("chainrule-tab {name}"));
    Ok(Promise::new(&mut |answer, _| {
        let refused = answer.clone();
        let on_answer = Closure::once_into_js(move |lock: JsValue| {
            let is_free = !lock.is_null();
            // It waits for nothing but this.
            let _ = answer.call1(&JsValue::NULL, &is_free.into());
            // The lock is held until this comes to an end, which it does with the page only.
            if is_free { Promise::new(&mut |_, _| {}).into() } else { JsValue::UNDEFINED }
        });
        let asked = request.call3(&locks, &name, &options, &on_answer).map(Promise::from);
        spawn_local(async move {
            let is_refused = match asked {
                Ok(held) => JsFuture::from(held).await.is_err(),
                Err(_) => true,
            };
            if is_refused {
                let _ = refused.call1(&JsValue::NULL, &true.into());
            }
        });
    }))
}
