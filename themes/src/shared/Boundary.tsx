import { Component, type ReactNode } from "react";

interface Props {
  readonly children: ReactNode;
  /** What is shown instead of what could not be drawn. */
  readonly instead: (error: Error) => ReactNode;
}

interface State {
  readonly error: Error | undefined;
}

/** A part that cannot be drawn says so, and does not take the rest of the console with it. */
export class Boundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(thrown: unknown): State {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  /** Another page gets another attempt. */
  override componentDidUpdate(before: Props): void {
    if (this.state.error && before.children !== this.props.children) {
      this.setState({ error: undefined });
    }
  }

  override render(): ReactNode {
    return this.state.error ? this.props.instead(this.state.error) : this.props.children;
  }
}
