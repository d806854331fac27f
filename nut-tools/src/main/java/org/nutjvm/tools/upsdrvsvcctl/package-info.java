/// upsdrvsvcctl: starts and stops drivers as services of the system.
@NullMarked
package org.nutjvm.tools.upsdrvsvcctl;

import org.jspecify.annotations.NullMarked;
