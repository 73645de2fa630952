// The client of the language server: starts it, and shows what the commands of the code lenses answer.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

const ANSWERS = "attain-answer";
const COMMANDS = ["attain.runExample", "attain.runExamples", "attain.assess", "attain.plan"];

interface Answer {
  headline: string;
  text: string;
}

let client: LanguageClient | undefined;

/** The answers that were given, as documents that cannot be changed. */
class Answers implements vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly texts = new Map<string, string>();
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "";
  }

  async show(command: string, answer: Answer): Promise<void> {
    const name = command === "attain.plan" ? "plan" : command === "attain.assess" ? "assessment" : "examples";
    const uri = vscode.Uri.from({ scheme: ANSWERS, path: `/${name}.txt` });
    this.texts.set(uri.toString(), answer.text);
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }
}

function isAnswer(found: unknown): found is Answer {
  return typeof found === "object" && found !== null && "text" in found && "headline" in found;
}

function options(answers: Answers): LanguageClientOptions {
  return {
    documentSelector: [{ scheme: "file", language: "attain" }],
    initializationOptions: { date: vscode.workspace.getConfiguration("attain").get<string>("date", "") },
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.attain") },
    middleware: {
      executeCommand: async (command, parameters, next) => {
        const found: unknown = await vscode.window.withProgress(
          { location: vscode.ProgressLocation.Window, title: `Attain: ${command.replace("attain.", "")}` },
          () => Promise.resolve(next(command, parameters)),
        );
        if (COMMANDS.includes(command) && isAnswer(found) && found.text) {
          await answers.show(command, found);
        }
        return found;
      },
    },
  };
}

async function start(answers: Answers): Promise<void> {
  const [command, ...args] = vscode.workspace.getConfiguration("attain").get<string[]>("command", ["attain", "lsp"]);
  if (command === undefined) {
    return;
  }
  const server: ServerOptions = { command, args };
  client = new LanguageClient("attain", "Attain", server, options(answers));
  try {
    await client.start();
  } catch {
    client = undefined;
    const settings = "Settings";
    const chosen = await vscode.window.showErrorMessage(
      `The language server could not be started: \`${[command, ...args].join(" ")}\`. ` +
        'Install it with `pip install "attain[lsp]"`, or say in the settings where it is.',
      settings,
    );
    if (chosen === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "attain.command");
    }
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const answers = new Answers();
  const restart = async (): Promise<void> => {
    await stop();
    await start(answers);
  };
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(ANSWERS, answers),
    vscode.commands.registerCommand("attain.restart", restart),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("attain.command") || event.affectsConfiguration("attain.date")) {
        await restart();
      }
    }),
  );
  await start(answers);
}

export async function deactivate(): Promise<void> {
  await stop();
}
