import { expect, type Page } from "@playwright/test";

/** What an operator types and chooses, by the words on the form. */
export type Answers = Record<string, string>;

/** The New VM form as an operator meets it: by labels, in their order, nothing else. */
export class NewVmPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.goto("/vms/new");
    await expect(this.#page.getByRole("button", { name: "Review" })).toBeVisible();
  }

  async fill(answers: Answers): Promise<void> {
    for (const [label, answer] of Object.entries(answers)) await this.#answer(label, answer);
  }

  /** Reviews and creates, and gives the id of the job on whose page one lands. */
  async create(): Promise<string> {
    await this.submit();
    return this.createReviewed();
  }

  /** Creates what is under review. */
  async createReviewed(): Promise<string> {
    await this.#page.getByRole("button", { name: "Create VM" }).click();
    await this.#page.waitForURL(/\/jobs\/[^/]+$/);
    return decodeURIComponent(new URL(this.#page.url()).pathname.split("/").at(-1) ?? "");
  }

  /** Asks for the review: the form is checked, and stays where something is wrong. */
  async submit(): Promise<void> {
    await this.#page.getByRole("button", { name: "Review" }).click();
  }

  async #answer(label: string, answer: string): Promise<void> {
    const group = this.#page.getByRole("radiogroup", { name: label, exact: true });
    const choice = this.#page.getByRole("combobox", { name: label, exact: true });
    const text = this.#page.getByRole("textbox", { name: label, exact: true });
    const number = this.#page.getByRole("spinbutton", { name: label, exact: true });
    const control = group.or(choice).or(text).or(number);
    await expect(control).toBeVisible();
    if (await group.isVisible()) await group.getByRole("radio", { name: answer, exact: true }).check();
    else if (await choice.isVisible()) await this.#choose(label, answer);
    else await control.fill(answer);
  }

  /** A choice is named by the host; what follows the name (free space, age) changes. */
  async #choose(label: string, answer: string): Promise<void> {
    const choice = this.#page.getByRole("combobox", { name: label, exact: true });
    const option = choice
      .getByRole("option")
      .filter({ hasText: new RegExp(`^${escapeRegExp(answer)}(?: ·|$)`) });
    await expect(option).toBeAttached();
    await choice.selectOption({ label: (await option.textContent()) ?? "" });
  }
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
