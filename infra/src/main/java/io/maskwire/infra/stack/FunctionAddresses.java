package io.maskwire.infra.stack;

/** Where functions listen, and where they are found. */
interface FunctionAddresses {
  /** The address that each function listens at. */
  String host();

  /** Whether that is beyond the loopback interface, and something else keeps strangers away. */
  boolean isBeyondLoopback();

  /** The port that {@code instance} listens at. */
  int port(FunctionInstance instance);

  /** Where other functions find the instance {@code name}. */
  String url(String name);

  /** Where users find it. */
  String publicUrl(String name);
}
