/** Below this share of the capacity few seats are left. */
export const FEW_SHARE = 0.05;
