//! Loop Atlas in the browser. The same binary runs as page and as worker: it asks where it is.

mod app;
mod autosave;
mod chart;
mod compute;
mod i18n;
mod keys;
mod map;
mod map_link;
mod pages;
mod panels;
mod platform;
mod state;
#[path = "tables/protocol.rs"]
mod tables;
mod ui;

fn main() {
    console_error_panic_hook::set_once();
    if compute::is_worker() {
        compute::start_worker();
    } else {
        platform::remove(".boot");
        yew::Renderer::<app::App>::new().render();
    }
}
