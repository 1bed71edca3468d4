//! `cargo xtask finish`: the last step of every build, on the folder that trunk has staged. The page gets its security policy,
//! and `sw.js` the list of the files that are kept for use without a network.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result, at};
use crate::project::Project;

/// Trunk's own script of `serve`, which connects to it: a page that has it is being worked at.
const IS_SERVED: &str = "__TRUNK_";
/// What the policy and the rest are put behind.
const CHARSET: &str = "<meta charset=\"utf-8\" />";

/// Finishes the folder that trunk names.
pub fn run(project: &Project) -> Result<()> {
    let staged = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).ok_or_else(|| Error::Missing {
        what: "no folder to finish: TRUNK_STAGING_DIR is not set".to_owned(),
        remedy: "This step is trunk's: use `cargo xtask build`.".to_owned(),
    })?;
    let index = staged.join("index.html");
    let page = read(&index)?;
    let served = page.contains(IS_SERVED);
    write(&index, &with_policy(&page, served))?;
    let template = read(&project.path(if served { "public/sw-none.js" } else { "public/sw.js" }))?;
    let worker = if served { template } else { with_files(&template, &hashes(&staged)?) };
    write(&staged.join("sw.js"), &worker)
}

/// The page with the policy that its own scripts keep. While it is being worked at, trunk's script is let in.
fn with_policy(page: &str, served: bool) -> String {
    let (scripts, connect) = if served {
        ("'unsafe-inline'".to_owned(), "'self' blob: ws:")
    } else {
        (
            inline_scripts(page).map(|s| format!("'{}'", hash(s.as_bytes()))).collect::<Vec<_>>().join(" "),
            "'self' blob:",
        )
    };
    // The components set style attributes, and so do diagrams: attributes only, no style sheets. Workers are started from a
    // blob that names the page's own script, and MapLibre's from its own; MapLibre reads documents from blobs, too. Frames of other
    // sites may hold the page.
    let policy = [
        "default-src 'none'".to_owned(),
        format!("script-src 'self' 'wasm-unsafe-eval' {scripts}"),
        "worker-src 'self' blob:".to_owned(),
        "style-src 'self'".to_owned(),
        "style-src-attr 'unsafe-inline'".to_owned(),
        "img-src 'self' data: blob:".to_owned(),
        format!("connect-src {connect}"),
        "manifest-src 'self'".to_owned(),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
    ];
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\" />", policy.join("; "));
    let keeper = if served { "" } else { "\n    <meta name=\"atlas-keeper\" content=\"./sw.js\" />" };
    page.replacen(CHARSET, &format!("{CHARSET}\n    {policy}{keeper}"), 1)
}

/// What stands in the page's script elements.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|part| {
        let (tag, rest) = part.split_once('>')?;
        let (text, _) = rest.split_once("</script>")?;
        (!tag.contains("src=")).then_some(text)
    })
}

/// A hash as browsers write it.
fn hash(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// The script with the list in it, and with a version that changes with any of both.
fn with_files(template: &str, files: &BTreeMap<String, String>) -> String {
    let list: Vec<String> =
        files.iter().map(|(path, hash)| format!("\n  {}: '{hash}',", serde_json::json!(path))).collect();
    let list = list.concat();
    let version = STANDARD.encode(Sha256::digest(format!("{template}{list}").as_bytes()));
    template.replace("/*files*/", &format!("{list}\n")).replace("/*version*/", &version[..16])
}

/// Every file below a folder, by its address from there; the page itself is the folder.
fn hashes(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![(folder.to_owned(), "./".to_owned())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(at(&folder))? {
            let path = entry.map_err(at(&folder))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push((path, format!("{prefix}{name}/")));
                continue;
            }
            let address =
                if prefix == "./" && name == "index.html" { prefix.clone() } else { format!("{prefix}{name}") };
            // The list cannot hold its own hash; and what a system hides is no part of the page.
            if address != "./sw.js" && !name.starts_with('.') {
                found.insert(address, hash(&fs::read(&path).map_err(at(&path))?));
            }
        }
    }
    Ok(found)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(at(path))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(at(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "<head>\n<meta charset=\"utf-8\" /><script src=\"a.js\"></script><script type=\"module\">go()</script></head>";

    #[test]
    fn a_page_lets_in_its_own_scripts_only() {
        let page = with_policy(PAGE, false);
        assert_eq!(inline_scripts(PAGE).collect::<Vec<_>>(), ["go()"]);
        assert!(page.contains(&format!("'wasm-unsafe-eval' '{}';", hash(b"go()"))), "{page}");
        assert!(!page.contains("script-src 'self' 'unsafe-inline'") && page.contains("atlas-keeper"));
        let served = with_policy(PAGE, true);
        assert!(served.contains("ws:") && !served.contains("atlas-keeper"));
    }

    #[test]
    fn a_hash_is_what_browsers_compute() {
        assert_eq!(hash(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn the_version_follows_the_files() {
        let with =
            |hash: &str| with_files("F = {/*files*/} '/*version*/'", &BTreeMap::from([("./a".into(), hash.into())]));
        assert_eq!(with("x"), with("x"));
        assert_ne!(with("x"), with("y"));
        assert!(with("x").starts_with("F = {\n  \"./a\": 'x',\n} '") && !with("x").contains("/*"));
    }

    #[test]
    fn the_list_holds_every_file_once() {
        let project = Project::locate().expect("the tests run inside the project");
        let files = hashes(&project.path("public")).expect("the folder can be read");
        assert!(
            files.contains_key("./icons/192.png") && files.contains_key("./app.css") && !files.contains_key("./sw.js")
        );
    }
}
