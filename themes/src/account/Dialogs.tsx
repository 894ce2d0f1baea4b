import { clearDraft, findDraft } from "../shared/draft";
import type { ApiKey, SelfServicePolicy } from "../shared/keys";
import { CreateDialog } from "./CreateDialog";
import { DeleteDialog } from "./DeleteDialog";
import type { DraftKey } from "./draftKey";
import { RenameDialog } from "./RenameDialog";
import { RotateDialog, type RotationDraft } from "./RotateDialog";

/** Which dialog is open, on which key, and what was typed into it before the page had to be left. */
export type Open =
  | { readonly dialog: "create"; readonly before?: Partial<DraftKey> }
  | { readonly dialog: "rotate"; readonly key: ApiKey; readonly before?: Partial<RotationDraft> }
  | { readonly dialog: "rename"; readonly key: ApiKey; readonly before?: { readonly name?: string; readonly description?: string } }
  | { readonly dialog: "delete"; readonly key: ApiKey };

interface Props {
  readonly open: Open;
  readonly terms: SelfServicePolicy;
  readonly now: Date;
  readonly onClose: () => void;
  /** There is a new key; the dialog stays. */
  readonly onChanged: () => void;
  readonly onSaved: (key: ApiKey) => void;
  readonly onDeleted: (key: ApiKey) => void;
}

export function Dialogs({ open, terms, now, onClose, onChanged, onSaved, onDeleted }: Props): JSX.Element {
  switch (open.dialog) {
    case "create":
      return <CreateDialog terms={terms} before={open.before} onClose={onClose} onCreated={onChanged} />;
    case "rotate":
      return <RotateDialog apiKey={open.key} terms={terms} before={open.before} onClose={onClose} onRotated={onChanged} />;
    case "rename":
      return <RenameDialog apiKey={open.key} before={open.before} onClose={onClose} onSaved={onSaved} />;
    case "delete":
      return <DeleteDialog apiKey={open.key} now={now} onClose={onClose} onDeleted={() => onDeleted(open.key)} />;
  }
}

/** The dialog that the same person had open, as far as it still makes sense. */
export function restored(subject: string | undefined, list: readonly ApiKey[], terms: SelfServicePolicy): Open | undefined {
  const draft = findDraft(subject);
  if (!draft) {
    return undefined;
  }
  const key = list.find((one) => one.id === draft.values["keyId"]);
  if (draft.dialog === "create" && terms.mayCreate) {
    return { dialog: "create", before: draft.values as Partial<DraftKey> };
  }
  if (draft.dialog === "rotate" && key?.status === "active") {
    return { dialog: "rotate", key, before: draft.values as Partial<RotationDraft> };
  }
  if (draft.dialog === "rename" && key) {
    return { dialog: "rename", key, before: draft.values as { name?: string; description?: string } };
  }
  // The other console keeps its drafts in the same place.
  if (["create", "rotate", "rename"].includes(draft.dialog)) {
    clearDraft();
  }
  return undefined;
}
