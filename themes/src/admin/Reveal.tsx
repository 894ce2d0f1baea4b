import type { IssuedKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { RevealDialog } from "../shared/RevealDialog";

interface Props {
  readonly issued: IssuedKey;
  readonly onClose: () => void;
}

/** Shows a new key and the owner that it acts as. */
export function Reveal({ issued, onClose }: Props): JSX.Element {
  const { t } = usePage();
  return (
    <RevealDialog
      issued={issued}
      title={t("apiKeysAdminRevealTitle")}
      warning={t("apiKeysAdminRevealWarning", { owner: issued.owner.name ?? issued.owner.id })}
      label={t("apiKeysAdminRevealLabel")}
      intro={t("apiKeysAdminRevealText", { name: issued.name })}
      onDone={onClose}
    />
  );
}
