package org.nutjvm.upsmon.run;

import java.time.Duration;
import org.nutjvm.common.client.UpsdClient;

/// How servers are reached.
///
/// @param family `-4`, `-6`
/// @param connectTimeout `-W`; zero leaves it to the system
/// @param readTimeout for each line of an answer
/// @param encryption whether and how connections are encrypted
public record Network(UpsdClient.Family family, Duration connectTimeout, Duration readTimeout, Encryption encryption) {}
