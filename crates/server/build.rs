//! Makes cargo look at the site again when it was built anew, and puts an empty folder there when it was not.
//!
//! `rust-embed` reads the folder while compiling; cargo does not know of files that appear in it later.

use std::path::Path;

fn main() {
    let built = Path::new("../../web/build");
    println!("cargo:rerun-if-changed={}", built.display());
    // A folder that is not there is looked for at every build, which would compile us every time.
    if !built.exists()
        && let Err(error) = std::fs::create_dir_all(built)
    {
        println!("cargo:warning=`web/build` cannot be made: {error}");
    }
}
