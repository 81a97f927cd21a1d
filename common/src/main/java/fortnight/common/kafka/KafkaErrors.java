package fortnight.common.kafka;

import fortnight.common.cli.CommandException;
import fortnight.common.cli.ErrorMessages;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Turns failures of Kafka clients into one sentence, which quotes no setting. */
public final class KafkaErrors {
  private KafkaErrors() {}

  /** The failure of a command that cannot use a topic. */
  public static CommandException failure(
      TopicAddress topic, KafkaClients clients, Throwable failure) {
    return failure instanceof CommandException e
        ? e
        : CommandException.failed(topic + ": " + reason(clients, failure));
  }

  private static String reason(KafkaClients clients, Throwable failure) {
    String flag = clients.flag();
    if (failure instanceof UnknownTopicOrPartitionException) {
      return "the topic does not exist; create it, or correct its name";
    }
    if (failure instanceof InvalidTopicException) {
      return "the broker rejects the name of the topic";
    }
    if (failure instanceof OffsetOutOfRangeException) {
      return "the topic's retention deleted records before they were read; start again, and set a"
          + " longer retention";
    }
    if (failure instanceof RecordTooLargeException) {
      return "a record is larger than the topic's max.message.bytes; set it to a larger value";
    }
    if (has(failure, CertificateException.class)) {
      return "the broker's certificate is not trusted; check its host name, and"
          + " ssl.truststore.location in "
          + flag;
    }
    if (failure instanceof SslAuthenticationException || has(failure, SSLException.class)) {
      return "the TLS handshake with the broker failed; check security.protocol and the key stores"
          + " in "
          + flag;
    }
    if (failure instanceof UnsupportedSaslMechanismException) {
      return "the brokers do not support the sasl.mechanism in " + flag;
    }
    if (failure instanceof AuthenticationException) {
      return "the brokers reject the login; check the user and the password in " + flag;
    }
    if (failure instanceof AuthorizationException) {
      return "access is denied; request the permission, or check the user in " + flag;
    }
    if (failure instanceof TimeoutException) {
      return "the brokers do not answer; check that they run, the addresses that they advertise,"
          + " and security.protocol (with or without TLS) and sasl.mechanism in "
          + flag;
    }
    String sentence = ErrorMessages.of(failure);
    if (sentence.startsWith("No resolvable bootstrap")) {
      return "unknown host; check the addresses of the brokers";
    }
    // Messages of the clients can quote settings; those of the brokers do not.
    return failure instanceof KafkaException
            && failure.getCause() != null
            && clients.configFile() != null
        ? failure.getClass().getSimpleName() + "; check " + flag
        : sentence;
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
