package io.maskwire.tests.stack;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans by OTLP over gRPC, as an OpenTelemetry collector does, and keeps them. */
final class SpanReceiver implements AutoCloseable {
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final Server server;

  /**
   * A span.
   *
   * @param service that made it
   * @param trace to which it belongs, hexadecimal
   * @param name what it is of
   * @param attributes as text
   * @param whole all that came, as text
   */
  record Span(
      String service, String trace, String name, Map<String, String> attributes, String whole) {
    String attribute(String key) {
      return attributes.getOrDefault(key, "");
    }
  }

  private SpanReceiver() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Receiving())
            .build()
            .start();
  }

  /** Listens on a free port of this machine. */
  static SpanReceiver start() throws IOException {
    return new SpanReceiver();
  }

  /** Where to send spans. */
  String endpoint() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** What has come so far. */
  List<Span> spans() {
    return List.copyOf(spans);
  }

  private final class Receiving extends TraceServiceGrpc.TraceServiceImplBase {
    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
      for (ResourceSpans resource : request.getResourceSpansList()) {
        String service =
            text(resource.getResource().getAttributesList()).getOrDefault("service.name", "");
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          scope.getSpansList().forEach(span -> spans.add(span(service, span)));
        }
      }
      answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }

  private static Span span(String service, io.opentelemetry.proto.trace.v1.Span span) {
    return new Span(
        service,
        HexFormat.of().formatHex(span.getTraceId().toByteArray()),
        span.getName(),
        text(span.getAttributesList()),
        span.toString());
  }

  private static Map<String, String> text(List<KeyValue> attributes) {
    Map<String, String> text = new HashMap<>();
    attributes.forEach(each -> text.put(each.getKey(), each.getValue().getStringValue()));
    return text;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
