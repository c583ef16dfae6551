package io.maskwire.infra.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobUpload;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.exchange.store.StoreException;
import io.maskwire.exchange.store.Stores;
import io.maskwire.infra.store.AzuriteForTests;
import io.maskwire.infra.store.BlobService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each domain's credentials tried on every container, against the store itself. */
class ContainerRightsTest {
  /** Letters of owner, user, dealer. Written down here on purpose, not taken from the table. */
  private static final String EXPECTED =
      """
      onnx             rcwdl  -      -
      models           rcl    rl     rl
      masked-weights   rcl    r      -
      keys-party0      rdl    -      c
      state-party0     racwdl -      -
      claims-to-party1 c      rd     -
      claims-results   c      rd     -
      inputs           r      rcdl   -
      results          -      rcdl   -
      sessions         -      rcwdl  -
      keys-party1      -      rdl    c
      state-party1     -      racwdl -
      claims-to-party0 rd     c      -
      keys-common      r      r      rcdl
      masks            -      -      rcwdl
      vault            -      -      rcdl
      """;

  private static final String ALL = "racwdl";
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir static Path folder;
  private static final List<BlobService> STORE = new ArrayList<>();
  private static final Map<Container, BlobContainer> FULL = new EnumMap<>(Container.class);

  record Case(Domain domain, Container container, String letters) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String line : EXPECTED.lines().toList()) {
      String[] words = line.split(" +");
      Container container =
          List.of(Container.values()).stream()
              .filter(one -> one.container().equals(words[0]))
              .findFirst()
              .orElseThrow();
      cases.add(new Case(Domain.OWNER, container, words[1].replace("-", "")));
      cases.add(new Case(Domain.USER, container, words[2].replace("-", "")));
      cases.add(new Case(Domain.DEALER, container, words[3].replace("-", "")));
    }
    return cases;
  }

  @BeforeAll
  static void start() {
    AzuriteForTests.start(folder).ifPresent(STORE::add);
    for (BlobService store : STORE) {
      for (Container container : Container.values()) {
        FULL.put(container, Stores.open(store.address(container, ALL)));
      }
    }
  }

  @AfterAll
  static void stop() {
    STORE.forEach(BlobService::close);
  }

  private static BlobService store() {
    assumeTrue(!STORE.isEmpty(), "no Node.js with npm on this machine");
    return STORE.getFirst();
  }

  private static BlobContainer full(Container container) {
    return Optional.ofNullable(FULL.get(container)).orElseThrow();
  }

  @Test
  void expectations_coverEveryContainer() {
    assertThat(cases()).hasSize(Container.values().length * Domain.values().length);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void use_ownAddress_allowsTheLettersAndDeniesAllElse(Case one) {
    Map<Container, String> addresses = store().addresses(one.domain());

    if (one.letters().isEmpty()) {
      assertThat(addresses).doesNotContainKey(one.container());
    } else {
      String address = addressOf(one.domain(), one.container());
      tryAll(Stores.open(address), one.container(), one.letters());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void use_signatureOfAnotherContainer_isDenied(Case one) {
    BlobService store = store();
    // Of the same account if there is one: the same key has signed it.
    Container other =
        store.addresses(one.domain()).keySet().stream()
            .filter(container -> container != one.container())
            .min(Comparator.comparing(container -> container.domain() != one.container().domain()))
            .orElseThrow();

    String signature = query(addressOf(one.domain(), other));
    String target = store.address(one.container(), ALL);
    tryAll(Stores.open(target.replace(query(target), signature)), one.container(), "");
  }

  private static String query(String address) {
    return address.substring(address.indexOf('?'));
  }

  @Test
  void use_moreLettersThanSigned_isDenied() {
    String address = store().address(Container.MODELS, "rl");

    tryAll(Stores.open(address.replace("sp=rl", "sp=rcwdl")), Container.MODELS, "");
    tryAll(Stores.open(address.replace(query(address), "")), Container.MODELS, "");
  }

  @Test
  void create_rightToCreateAlone_writesLargeBlobsAndNeverOverwrites() throws Exception {
    BlobContainer dealer = Stores.open(addressOf(Domain.DEALER, Container.KEYS_PARTY0));
    byte[] large = new byte[5 << 20];

    try (BlobUpload upload = dealer.upload("large")) {
      upload.write(large);
      assertThat(upload.commit()).isTrue();
    }
    try (BlobUpload upload = dealer.upload("large")) {
      upload.write(new byte[(5 << 20) + 1]);
      assertThat(upload.commit()).isFalse();
    }
    assertThat(dealer.create("large", BYTES)).isFalse();

    assertThat(full(Container.KEYS_PARTY0).read("large")).contains(large);
  }

  private static String addressOf(Domain domain, Container container) {
    return Optional.ofNullable(store().addresses(domain).get(container)).orElseThrow();
  }

  private static void tryAll(BlobContainer tried, Container container, String letters) {
    BlobContainer full = full(container);
    full.put("there", BYTES);
    full.put("victim", BYTES);
    full.delete("log");
    full.createLog("log");
    full.delete("new");

    expect(letters, "r", () -> assertThat(tried.read("there")).contains(BYTES));
    expect(letters, "r", () -> assertThat(tried.read("there", 1, 2)).isPresent());
    expect(letters, "r", () -> assertThat(tried.length("there")).contains((long) BYTES.length));
    expect(letters, "l", () -> assertThat(tried.list("th")).hasSize(1));
    expect(letters, "cw", () -> assertThat(tried.create("new", BYTES)).isTrue());
    expect(letters, "w", () -> tried.put("there", BYTES));
    expect(letters, "aw", () -> assertThat(tried.append("log", 0, BYTES)).isTrue());
    expect(letters, "d", () -> assertThat(tried.delete("victim")).isTrue());

    assertThat(full.length("victim").isPresent()).isEqualTo(!letters.contains("d"));
    assertThat(full.length("new").isPresent()).isEqualTo(letters.contains("c"));
    assertThat(full.length("log"))
        .contains(letters.contains("a") || letters.contains("w") ? 3L : 0L);
  }

  private static void expect(String letters, String anyOf, ThrowingCallable action) {
    if (anyOf.chars().anyMatch(letter -> letters.indexOf(letter) >= 0)) {
      assertThatCode(action).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(action)
          .as("needs one of '%s'", anyOf)
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.DENIED));
    }
  }
}
