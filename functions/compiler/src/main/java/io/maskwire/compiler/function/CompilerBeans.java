package io.maskwire.compiler.function;

import io.maskwire.exchange.store.Container;
import io.maskwire.operations.StoreConfig;
import io.maskwire.operations.StoreReadiness;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import org.eclipse.microprofile.health.Readiness;

/** Puts the compile function together. */
@Singleton
final class CompilerBeans {
  private final CompilerConfig config;
  private final StoreConfig store;

  CompilerBeans(CompilerConfig config, StoreConfig store) {
    this.config = config;
    this.store = store;
  }

  @Produces
  @Singleton
  OwnerContainers containers() {
    return new OwnerContainers(
        store.open(Container.ONNX),
        store.open(Container.MODELS),
        store.open(Container.MASKED_WEIGHTS));
  }

  @Produces
  @Singleton
  @Readiness
  StoreReadiness store(OwnerContainers containers) {
    return new StoreReadiness(containers.models());
  }

  @Produces
  @Singleton
  PublishedVersions versions(OwnerContainers containers) {
    return new PublishedVersions(containers.models());
  }

  @Produces
  @Singleton
  Retirement retirement(OwnerContainers containers, ModelAnnouncer announcer) {
    return new Retirement(containers.models(), announcer::retired, config.keepVersions());
  }

  @Produces
  @Singleton
  HttpDealer dealer() {
    return new HttpDealer(config.dealerUrl(), privateKey(config.ownerKey()));
  }

  @Produces
  @Singleton
  ModelPublisher publisher(
      OwnerContainers containers,
      HttpDealer dealer,
      ModelAnnouncer announcer,
      Retirement retirement) {
    return new ModelPublisher(
        containers,
        dealer,
        event -> {
          announcer.published(event);
          retirement.retireOlder(event.name());
        });
  }

  private static PrivateKey privateKey(Path file) {
    try {
      return KeyUtils.decodePrivateKey(Files.readString(file), SignatureAlgorithm.ES256);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(file + " holds no private key on P-256, PEM (PKCS #8)", e);
    }
  }
}
