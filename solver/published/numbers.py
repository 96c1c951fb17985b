"""Every number of arXiv:2512.22634, its repository and its supplement that is compared, as printed.

Strings, so that the number of digits is kept. One table per group of quantities: first the names,
then a line of digits for the rectangular and one for the Gaussian case.
"""

CASES = ("rectangular", "gaussian")

FATE = ("T R A T+R+A", "0.826735 0.171434 0.001109 0.999278", "0.786226 0.209228 0.001595 0.997049")

FRAME_NAMES = "t norm mean_x sigma_x mean_k kinetic potential total peak peak_x"
FRAMES = {
    "rectangular": {
        "a": "0.000 1.000 -8.000 0.799 1.407 8.153 0.000 8.153 0.499 -7.987",
        "b": "1.628 1.000 -1.522 1.242 0.860 7.378 0.783 8.160 0.358 -1.275",
        "c": "2.080 1.000 0.071 1.431 0.651 6.573 1.590 8.164 0.445 -0.073",
        "d": "6.000 0.999 11.622 10.942 0.215 8.133 0.000 8.133 0.093 15.989",
    },
    "gaussian": {
        "a": "0.000 1.000 -8.000 0.598 1.642 6.443 0.000 6.443 0.665 -7.987",
        "b": "1.869 1.000 -1.554 1.560 0.577 5.154 1.300 6.454 0.263 -0.982",
        "c": "2.352 1.000 -0.106 1.870 0.425 4.712 1.741 6.453 0.290 -0.425",
        "d": "6.000 0.998 9.588 8.770 0.128 6.408 0.005 6.413 0.068 13.029",
    },
}

DENSITIES = (
    (
        "points mean std median min max",
        "234685 2.905749e-2 6.182968e-2 1.710231e-3 1.000201e-10 4.986150e-1",
        "215798 3.159878e-2 6.369851e-2 2.745273e-3 1.000306e-10 6.647548e-1",
    ),
    (
        "q1 q3 iqr skew kurtosis",
        "2.561550e-5 2.769722e-2 2.767161e-2 3.6467 16.4146",
        "6.362164e-6 4.107368e-2 4.106731e-2 4.1154 23.4876",
    ),
    (
        "bins_sturges bins_scott bins_freedman_diaconis bins_rice bins_square_root bins_doane bins",
        "18 107 419 93 317 27 100",
        "18 139 376 93 317 27 116",
    ),
    (
        "shannon shannon_normalized shannon_max",
        "3.0535 0.4596 6.6439",
        "3.1749 0.4630 6.8580",
    ),
)

PHASES = (
    (
        "re_mean re_std re_median re_min re_max re_skew re_kurtosis",
        "-1.471e-5 9.126e-2 -1.041e-16 -0.6839 0.7054 0.015 11.465",
        "2.117e-6 9.131e-2 -3.081e-16 -0.8122 0.7487 0.019 11.341",
    ),
    (
        "im_mean im_std im_median im_min im_max im_skew im_kurtosis",
        "-8.353e-6 9.126e-2 0e-19 -0.6893 0.6984 0.012 11.466",
        "-1.134e-5 9.122e-2 2.155e-16 -0.7993 0.6887 -0.070 11.404",
    ),
    (
        "r_mean r_std r_median r_iqr r_skew r_kurtosis",
        "6.049e-2 0.1140 5.292e-4 6.016e-2 2.397 5.982",
        "5.999e-2 0.1143 3.912e-5 6.417e-2 2.330 5.968",
    ),
    (
        "circular_mean circular_variance resultant circular_std angular_entropy",
        "-2.944 0.995 0.005 3.234 6.922",
        "2.336 0.967 0.033 2.607 6.935",
    ),
    (
        "entropy_plane mutual_information entropy_re entropy_im mutual_information_normalized",
        "4.381 0.553 2.448 2.486 0.226",
        "3.941 0.576 2.257 2.260 0.255",
    ),
    (
        "pci anisotropy l1 l2 aspect ellipticity semi_major semi_minor area",
        "0.000 0.000 8.329e-3 8.329e-3 1.000 0.003 9.126e-2 9.126e-2 0.3237",
        "0.000 0.001 8.337e-3 8.320e-3 1.001 0.045 9.131e-2 9.122e-2 0.2763",
    ),
    (
        "re2 im2 reim pearson pearson_p",
        "8.329e-3 8.329e-3 -4.530e-8 -0.000 0.9972",
        "8.337e-3 8.321e-3 -1.970e-6 -0.000 0.8797",
    ),
)

BETWEEN = {
    "mean_difference": "2.541287e-3",
    "median_difference": "1.035041e-3",
    "shannon_difference": "0.1214",
    "bins_common": "108",
    "kl_rg": "0.0635",
    "kl_gr": "0.1345",
    "kl_asymmetry": "0.0710",
    "js": "0.0171",
    "js_distance": "0.1307",
    "ce_rg": "2.9272",
    "ce_gr": "3.2401",
    "ce_excess_rg": "-0.1264",
    "ce_excess_gr": "0.0651",
    "kolmogorov_smirnov": "0.0626",
    "kolmogorov_smirnov_p": "7.781e-171",
    "mann_whitney": "4.977e9",
    "mann_whitney_p": "0.07826",
    "kruskal_wallis": "3.1007",
    "kruskal_wallis_p": "0.07826",
    "mood": "-35.1707",
    "mood_p": "5.611e-271",
    "anderson_darling": "488.2956",
    "anderson_darling_p": "0.001",
    "epps_singleton": "3012.5811",
    "epps_singleton_p": "0e-300",
    "ansari_bradley": "5273880828.5",
    "ansari_bradley_p": "0e-300",
    "significant": "5",
    "cliffs_delta": "-0.0179",
    "entropy_plane_difference": "0.441",
    "mutual_information_difference": "0.024",
    "area_ratio": "1.172",
    "resultant_difference": "0.028",
    "radius_ks": "0.187",
    "radius_ks_p": "0e-300",
}


def fates() -> dict[str, dict[str, str]]:
    """T, R, A, their sum and the four frames by name, for each case."""
    names, *lines = FATE
    printed = {
        case: dict(zip(names.split(), line.split(), strict=True))
        for case, line in zip(CASES, lines, strict=True)
    }
    for case, frames in FRAMES.items():
        for letter, line in frames.items():
            row = zip(FRAME_NAMES.split(), line.split(), strict=True)
            printed[case] |= {f"{name}_{letter}": digits for name, digits in row}
    return printed


def statistics() -> dict[str, str]:
    """Everything else by name, those of one case with its name at the end."""
    return {
        f"{name}_{case}": digits
        for names, *lines in (*DENSITIES, *PHASES)
        for case, line in zip(CASES, lines, strict=True)
        for name, digits in zip(names.split(), line.split(), strict=True)
    } | BETWEEN
