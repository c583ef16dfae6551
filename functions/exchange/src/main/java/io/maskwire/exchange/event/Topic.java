package io.maskwire.exchange.event;

/**
 * Kafka topics. Events of one session have its id as their key, so that they stay in order and
 * reach one instance; all topics have the same number of partitions.
 */
public enum Topic {
  /** Owner to all: {@link ModelPublished}, {@link ModelRetired}. */
  MODELS("models"),
  /** Dealer to user: {@link KeysReady}. */
  KEYS_READY("keys-ready"),
  /** User to all: {@link SessionOpened}, {@link SessionEnded}. */
  SESSIONS("sessions"),
  /** User to both parties: {@link InputUploaded}. */
  INPUTS("inputs"),
  /** Party 1 to party 0: sealed round messages. */
  TO_PARTY0("to-party0"),
  /** Party 0 to party 1: sealed round messages. */
  TO_PARTY1("to-party1"),
  /** Both parties to the user: sealed result shares, or that there will be none. */
  RESULTS("results");

  private final String topic;

  Topic(String topic) {
    this.topic = topic;
  }

  /** The topic's name. */
  public String topic() {
    return topic;
  }
}
