package io.maskwire.infra.rights;

import static io.maskwire.exchange.store.Container.Domain.DEALER;
import static io.maskwire.exchange.store.Container.Domain.OWNER;
import static io.maskwire.exchange.store.Container.Domain.USER;

import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What each trust domain may do in each container, in the letters of shared access signatures: read
 * (r), append (a), create what does not exist (c), write (w), delete (d), list (l). What is not
 * here is denied.
 */
public final class ContainerRights {
  private ContainerRights() {}

  /** The letters of {@code domain} in {@code container}; empty if it has no access at all. */
  public static Optional<String> letters(Container container, Domain domain) {
    return Optional.ofNullable(letters(container).get(domain));
  }

  /** The letters of every domain that has access to {@code container}. */
  public static Map<Domain, String> letters(Container container) {
    return switch (container) {
      case ONNX -> Map.of(OWNER, "rcwdl");
      case MODELS -> Map.of(OWNER, "rcl", USER, "rl", DEALER, "rl");
      case MASKED_WEIGHTS -> Map.of(OWNER, "rcl", USER, "r");
      case KEYS_PARTY0 -> Map.of(OWNER, "rdl", DEALER, "c");
      case STATE_PARTY0 -> Map.of(OWNER, "racwdl");
      case CLAIMS_TO_PARTY1, CLAIMS_RESULTS -> Map.of(OWNER, "c", USER, "rd");
      case INPUTS -> Map.of(USER, "rcdl", OWNER, "r");
      case RESULTS -> Map.of(USER, "rcdl");
      case SESSIONS -> Map.of(USER, "rcwdl");
      case KEYS_PARTY1 -> Map.of(USER, "rdl", DEALER, "c");
      case STATE_PARTY1 -> Map.of(USER, "racwdl");
      case CLAIMS_TO_PARTY0 -> Map.of(USER, "c", OWNER, "rd");
      case KEYS_COMMON -> Map.of(DEALER, "rcdl", OWNER, "r", USER, "r");
      case MASKS -> Map.of(DEALER, "rcwdl");
      case VAULT -> Map.of(DEALER, "rcdl");
    };
  }

  /** What {@code domain} has access to, with its letters. */
  public static Map<Container, String> of(Domain domain) {
    Map<Container, String> rights = new EnumMap<>(Container.class);
    for (Container container : Container.values()) {
      letters(container, domain).ifPresent(letters -> rights.put(container, letters));
    }
    return rights;
  }

  /**
   * What {@code domain} reaches each container with, that it has access to.
   *
   * @param address makes an address of a container that allows what the letters say
   */
  public static Map<Container, String> addresses(
      Domain domain, BiFunction<Container, String, String> address) {
    Map<Container, String> addresses = of(domain);
    addresses.replaceAll(address);
    return addresses;
  }
}
