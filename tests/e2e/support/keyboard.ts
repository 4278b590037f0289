import { expect, type Locator, type Page } from "@playwright/test";

/** How often one presses Tab before one gives up. */
const PATIENCE = 250;

/** A person at a keyboard: nothing is clicked, and nothing is typed or pressed where the focus is not. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses Tab until the focus is there, or inside it; backwards with Shift. */
  async to(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await expect(target).toBeVisible();
    for (let presses = 0; presses < PATIENCE; presses++) {
      if (await target.evaluate((element) => element.contains(document.activeElement))) return;
      await this.#page.keyboard.press(key);
    }
    throw new Error(`${PATIENCE} times ${key} did not lead to ${target}.`);
  }

  /** What stands there is selected when one comes by Tab, so that it is replaced. */
  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.#page.keyboard.type(text);
  }

  async press(target: Locator, key = "Enter"): Promise<void> {
    await this.to(target);
    await this.#page.keyboard.press(key);
  }

  /** @param beginning of the option's text */
  async select(combobox: Locator, beginning: string): Promise<void> {
    await expect(combobox.getByRole("option").filter({ hasText: beginning }).first()).toBeAttached();
    await this.type(combobox, beginning);
    await expect(combobox.locator("option:checked")).toHaveText(new RegExp(`^${beginning}`));
  }

  /** One of a group of radio buttons, by the arrow keys. */
  async choose(group: Locator, name: string): Promise<void> {
    const radio = group.getByRole("radio", { name, exact: true });
    await this.press(group, "Space");
    const count = await group.getByRole("radio").count();
    for (let presses = 0; presses < count && !(await radio.isChecked()); presses++) {
      await this.#page.keyboard.press("ArrowDown");
    }
    await expect(radio).toBeChecked();
  }

  /** Finds a page by the palette. */
  async goTo(words: string): Promise<void> {
    await this.#page.keyboard.press("Control+k");
    const search = this.#page.getByRole("combobox", { name: "Search pages, VMs, hosts, clusters and jobs" });
    await expect(search).toBeFocused();
    await this.#page.keyboard.type(words);
    await expect(this.#page.getByRole("option").first()).toContainText(words);
    await this.#page.keyboard.press("Enter");
  }
}
