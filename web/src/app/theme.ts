import type { ThemeConfig } from 'antd';

export const fonts = '"Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

/** Sober and dense: hairlines instead of shadows, small radii, colour only where it says something. */
export const theme: ThemeConfig = {
  token: {
    fontFamily: fonts,
    fontSize: 14,
    colorPrimary: '#1f4e79',
    colorLink: '#1f4e79',
    colorLinkHover: '#2d6ca5',
    colorSuccess: '#2c6e49',
    colorWarning: '#a15c00',
    colorError: '#9b2226',
    colorText: '#1b2430',
    colorTextSecondary: '#566373',
    colorBgLayout: '#f3f5f8',
    colorBorder: '#c6ced8',
    colorBorderSecondary: '#dfe4ea',
    borderRadius: 4,
    borderRadiusLG: 6,
    controlHeight: 32,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
    wireframe: false,
  },
  components: {
    Menu: { itemHeight: 34, itemMarginInline: 8, itemMarginBlock: 2, itemSelectedBg: '#e3ecf5', itemSelectedColor: '#14304f', groupTitleFontSize: 12 },
    Drawer: { paddingLG: 16 },
    Segmented: { trackBg: '#e2e8ee', trackPadding: 2 },
  },
};
