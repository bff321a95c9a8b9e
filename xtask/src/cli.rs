//! The command line of `cargo xtask`.

use anyhow::{Result, bail};

use crate::{bench, build, say, test};

const HELP: &str = "\
cargo xtask COMMAND

  serve [-- ARGS]      build everything, then run `partake serve ARGS` on http://127.0.0.1:3000
  build                leave the release binary at target/release/partake
  wasm                 build only the WebAssembly, the styles and their packed copies in target/site
  bench GROUP          measure on a quiet machine, and hold the limits: release, results,
                       discussion [SECONDS of many people at once, 600 if not given], the same
                       on one engine as discussion-sqlite and discussion-postgres
  test [--only A,B]    everything that the continuous check runs, or only the named groups:
";

/// Runs one command. `false` means that it ran and found something wrong, and has said what.
pub(crate) fn run(arguments: &[String]) -> Result<bool> {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments),
    };
    match command {
        "serve" => {
            let rest = rest.strip_prefix(&["--".to_owned()]).unwrap_or(rest);
            build::serve(rest)?;
            Ok(true)
        }
        "build" => {
            no_arguments(rest)?;
            build::binary()?;
            Ok(true)
        }
        "wasm" => {
            no_arguments(rest)?;
            build::site()?;
            Ok(true)
        }
        "test" => test::run(&chosen_groups(rest)?),
        "bench" => match rest {
            [group] => bench::run(group, None),
            [group, seconds] => bench::run(group, Some(seconds.parse()?)),
            _ => bail!("`bench` takes one group, and those of the discussion a number of seconds"),
        },
        "help" | "--help" | "-h" => {
            say::line(HELP.trim_end());
            for group in test::GROUPS.iter().chain(test::LONG) {
                say::line(&format!(
                    "                         {:<11}{}",
                    group.name, group.about
                ));
            }
            Ok(true)
        }
        other => bail!("there is no command `{other}`; `cargo xtask help` lists them"),
    }
}

fn no_arguments(rest: &[String]) -> Result<()> {
    match rest.first() {
        None => Ok(()),
        Some(extra) => bail!("`{extra}` is not an argument of this command"),
    }
}

fn chosen_groups(rest: &[String]) -> Result<Vec<String>> {
    let list = match rest {
        [] => return Ok(Vec::new()),
        [flag, list] if flag == "--only" => list,
        [flag] => match flag.strip_prefix("--only=") {
            Some(list) => list,
            None => bail!("`test` takes nothing but --only GROUP,GROUP"),
        },
        _ => bail!("`test` takes nothing but --only GROUP,GROUP"),
    };
    let chosen: Vec<String> = list.split(',').map(|name| name.trim().to_owned()).collect();
    for name in &chosen {
        let groups = || test::GROUPS.iter().chain(test::LONG);
        if !groups().any(|group| group.name == name) {
            let known: Vec<&str> = groups().map(|group| group.name).collect();
            bail!(
                "there is no test group `{name}`; there are {}",
                known.join(", ")
            );
        }
    }
    Ok(chosen)
}
