// Asking the server.

/** What a question failed with: `problem` is what the server said (RFC 9457). */
export class Refused extends Error {
  constructor(problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

async function answered(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused({ title: "No answer", detail: "The server does not answer.", help: "Is attain serve still running?" });
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({ title: `The server answered ${response.status}.` }));
  throw new Refused(problem);
}

/** The answer to a GET, as JSON. */
export const get = async (path, signal) => (await answered(path, { signal })).json();

/** The response to a question. */
export const post = (path, question, signal) =>
  answered(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(question), signal });

/** Upload facts, or a mapping beside the workbook with an id; the answer has the id that questions call them by. */
export const upload = async (file, beside = "") => {
  const more = beside ? `&beside=${encodeURIComponent(beside)}` : "";
  return (await answered(`/api/uploads?name=${encodeURIComponent(file.name)}${more}`, { method: "POST", body: file })).json();
};

/** Asks one thing at a time: a later question ends the one before, whose answer is dropped. `asking` says whether one is
 * under way. */
export class Latest {
  #controller = null;

  get asking() {
    return this.#controller !== null;
  }

  stop() {
    this.#controller?.abort();
    this.#controller = null;
  }

  /** What `ask(signal)` comes to; undefined where another question came after it. Throws Refused. */
  async ask(ask) {
    this.stop();
    const mine = new AbortController();
    this.#controller = mine;
    try {
      const found = await ask(mine.signal);
      return this.#controller === mine ? found : undefined;
    } catch (error) {
      if (error.name === "AbortError" || this.#controller !== mine) return undefined;
      throw error;
    } finally {
      if (this.#controller === mine) this.#controller = null;
    }
  }
}
