// Accounts as people have them: made by themselves with the form, or by the command for a role.

export const PASSWORD = "seven rivers meet here";

/** Sends a form of the account page, which signs in whoever it lets in. */
async function enter(person, form, fields) {
  await person.goto(`/${person.lang}/account`);
  const place = person.page.locator(`form[action$="/account/${form}"]`);
  for (const [name, value] of Object.entries(fields)) {
    await place.locator(`input[name="${name}"]`).fill(value);
  }
  await person.press(place.locator("button[type=submit]").first());
}

export const signUp = (person, handle) => enter(person, "sign-up", { handle, password: PASSWORD, again: PASSWORD });

export const signIn = (person, handle, password = PASSWORD) => enter(person, "sign-in", { handle, password });

/** Makes an account with a role, as whoever runs the site does. */
export const appoint = (site, handle, role) =>
  site.partakeWith(`${PASSWORD}\n`, "account", "create", "--handle", handle, "--role", role);
