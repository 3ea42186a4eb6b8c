/** Work that other work of this process makes way for. */
export class UrgentWork {
  #underWay = 0;
  #begun = 0;

  /** Each begin has its {@link end}. */
  begin(): void {
    this.#underWay++;
    this.#begun++;
  }

  end(): void {
    this.#underWay--;
  }

  /** Answers, each time it is asked, whether any is under way or was since it was asked before. */
  watch(): () => boolean {
    let seen = this.#begun;
    return () => {
      const any = this.#underWay > 0 || this.#begun !== seen;
      seen = this.#begun;
      return any;
    };
  }
}
