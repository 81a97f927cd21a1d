package fortnight.pipelines;

import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Throwables;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Says of a topic that cannot be used what a user can do about it. */
final class KafkaFailures {
  private KafkaFailures() {}

  static String sentence(KafkaAddress topic, KafkaClients clients, Throwable failure) {
    if (failure instanceof KafkaUnusable) {
      return failure.getMessage();
    }
    return topic + ": " + reason(topic, clients, failure);
  }

  private static String reason(KafkaAddress topic, KafkaClients clients, Throwable failure) {
    if (failure instanceof UnknownTopicOrPartitionException) {
      return "the brokers have no such topic; make it, or look at its name";
    }
    if (failure instanceof OffsetOutOfRangeException) {
      return "records were deleted by the topic's retention before they were read; start again, and"
          + " keep the topic's records for longer";
    }
    if (has(failure, CertificateException.class)) {
      return "the broker's certificate is not accepted; look at its host name, and at"
          + " ssl.truststore.location in "
          + clients.place();
    }
    if (has(failure, SSLException.class)) {
      return "there is no talking TLS to the broker; look at security.protocol and the key stores"
          + " in "
          + clients.place();
    }
    if (failure instanceof UnsupportedSaslMechanismException) {
      return "the brokers do not take the sasl.mechanism of " + clients.place();
    }
    if (failure instanceof AuthenticationException) {
      return "the brokers refuse the login; look at the user and the password in "
          + clients.place();
    }
    if (failure instanceof AuthorizationException) {
      return "access is denied; ask for the right to it, or look at the user in " + clients.place();
    }
    if (failure instanceof TimeoutException) {
      return silence(topic, clients);
    }
    return Causes.sentence(failure);
  }

  private static String silence(KafkaAddress topic, KafkaClients clients) {
    boolean theySpeakTls = new BrokerPorts(topic).speakTls();
    if (theySpeakTls && !asksForTls(clients)) {
      return "the brokers speak TLS; set security.protocol to SSL or SASL_SSL in "
          + clients.place();
    }
    if (!theySpeakTls && asksForTls(clients)) {
      return "the brokers speak no TLS; look at security.protocol in " + clients.place();
    }
    return "the brokers take the connection and give no answer; look at the address that they"
        + " advertise, and at security.protocol in "
        + clients.place();
  }

  private static boolean asksForTls(KafkaClients clients) {
    return clients
        .setting(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
        .map(protocol -> protocol.toUpperCase(Locale.ROOT).endsWith("SSL"))
        .orElse(false);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> cause) {
    return Throwables.getCausalChain(failure).stream().anyMatch(cause::isInstance);
  }
}
